import type { Column } from '../columns/column.js';
import type { Value } from '../columns/value.js';
import { neededObservables } from '../observables/observed.js';
import type { SelectedRun } from '../selection/selected-run.js';
import type { SelectedRuns } from '../selection/select-runs.js';
import { selected, type Selected } from '../selection/selection.js';
import { namedColumns } from './choose-columns.js';
import { atMostRows, batchedTable, singleRows } from './row-streams.js';
import { compareRows, sortKeys, type SortKey } from './sort-rows.js';
import type { Row, RowRange, SeekableTable, Table } from './table.js';

/** A row for each run. Only the places of all rows are held, and the sort keys during sorting. */
export function plainTable(
  runs: SelectedRuns,
  columns: readonly Column[],
  sort: readonly string[],
): Selected<SeekableTable> {
  // A table may be sorted by a hidden column.
  const hidden = namedColumns(
    sort.map((text) => text.replace(/(^|,)\s*-/g, '$1')),
    runs.columns,
  );
  if (!hidden.ok) return hidden;
  const all = [...columns, ...hidden.value.filter(({ name }) => columns.every((one) => one.name !== name))];
  const keys = sortKeys(sort, all);
  return keys.ok ? selected(new PlainTable(runs, columns, { all, keys: keys.value })) : keys;
}

interface Order {
  /** The shown columns, then those needed only for sorting. */
  readonly all: readonly Column[];
  readonly keys: readonly SortKey[];
}

class PlainTable implements SeekableTable {
  readonly columns: SeekableTable['columns'];
  readonly #runs: SelectedRuns;
  readonly #shown: readonly Column[];
  readonly #order: Order;
  #positions: Promise<readonly number[]> | undefined;

  constructor(runs: SelectedRuns, shown: readonly Column[], order: Order) {
    this.columns = shown.map(({ name, type }) => ({ name, type }));
    this.#runs = runs;
    this.#shown = shown;
    this.#order = order;
  }

  rows(): AsyncIterable<Row> {
    return singleRows(this.#batches({}));
  }

  batches(): AsyncIterable<readonly Row[]> {
    return this.#batches({});
  }

  async count(): Promise<number> {
    return (await this.#inOrder()).length;
  }

  range(range: RowRange): Table {
    return batchedTable(this.columns, () => this.#batches(range));
  }

  async *#batches({
    offset = 0,
    limit = Infinity,
  }: RowRange): AsyncGenerator<readonly Row[], void, undefined> {
    const isStream = offset === 0 && this.#order.keys.length === 0;
    const positions = isStream ? undefined : (await this.#inOrder()).slice(offset, offset + limit);
    const batches = this.#runs.batches(neededObservables(this.#shown), positions);
    for await (const runs of isStream ? atMostRows(batches, limit) : batches) {
      yield runs.map((run) => this.#shown.map((column) => column.of(run)));
    }
  }

  /** Positions of the rows in their order, computed once. */
  #inOrder(): Promise<readonly number[]> {
    this.#positions ??= this.#sorted();
    // Retry after a failed read.
    this.#positions.catch(() => (this.#positions = undefined));
    return this.#positions;
  }

  async #sorted(): Promise<readonly number[]> {
    const { all, keys } = this.#order;
    const { candidates, isFiltered } = this.#runs;
    if (keys.length === 0 && !isFiltered)
      return Array.from({ length: candidates }, (_, position) => position);
    const sorting = keys.map(({ column }) => all[column]!);
    const held: { readonly values: readonly Value[]; readonly position: number }[] = [];
    for await (const run of this.#runs.read(neededObservables(sorting))) {
      held.push({ values: valuesOf(run, sorting), position: run.position });
    }
    const compare = compareRows(keys.map((key, column) => ({ ...key, column })));
    held.sort((a, b) => compare(a.values, b.values) || a.position - b.position);
    return held.map(({ position }) => position);
  }
}

function valuesOf(run: SelectedRun, columns: readonly Column[]): readonly Value[] {
  return columns.map((column) => column.of(run));
}
