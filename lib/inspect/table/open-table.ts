import type { Column } from '../columns/column.js';
import type { Value } from '../columns/value.js';
import { OBSERVABLE_COLUMNS } from '../columns/observable-columns.js';
import { neededObservables } from '../observables/observed.js';
import type { SelectedRun } from '../selection/selected-run.js';
import type { SelectedRuns } from '../selection/select-runs.js';
import { problem, selected, type Selected } from '../selection/selection.js';
import { namedColumns, usualColumns } from './choose-columns.js';
import { groupedColumns, groupRows, type Grouping } from './group-rows.js';
import { compareRows, sortKeys, type SortKey } from './sort-rows.js';
import { survey } from './survey.js';
import type { Table, TableQuery } from './table.js';

/**
 * The table of selected runs. Rows come by run name unless they are sorted; what is read twice depends on nothing but the
 * tree, so every reading gives the same rows.
 */
export async function openTable(runs: SelectedRuns, query: TableQuery = {}): Promise<Selected<Table>> {
  const { columns = [], group_by = [], limit = Infinity } = query;
  if (query.agg !== undefined && group_by.length === 0) {
    return problem('malformed', 'aggregations need columns to group by', 'add --group-by <columns>');
  }
  const chosen = columns.length > 0 ? namedColumns(columns, runs.columns) : undefined;
  if (chosen?.ok === false) return chosen;
  const table =
    group_by.length > 0
      ? await groupedTable(runs, query, chosen?.value ?? OBSERVABLE_COLUMNS)
      : plainTable(runs, chosen?.value ?? usualColumns((await survey(runs)).varying), query.sort ?? []);
  return table.ok ? selected({ ...table.value, rows: () => atMost(table.value.rows(), limit) }) : table;
}

function plainTable(
  runs: SelectedRuns,
  columns: readonly Column[],
  sort: readonly string[],
): Selected<Table> {
  // A row may be sorted by what it does not show.
  const hidden = namedColumns(
    sort.map((text) => text.replace(/(^|,)\s*-/g, '$1')),
    runs.columns,
  );
  if (!hidden.ok) return hidden;
  const all = [...columns, ...hidden.value.filter(({ name }) => columns.every((one) => one.name !== name))];
  const keys = sortKeys(sort, all);
  if (!keys.ok) return keys;
  const read = (order?: Iterable<number>): AsyncIterable<SelectedRun> =>
    runs.read(neededObservables(all), order);
  const rows = (): AsyncIterable<readonly Value[]> =>
    keys.value.length === 0
      ? valuesOf(read(), columns)
      : sortedRows(read, { all, columns, keys: keys.value });
  return selected({ columns: columns.map(({ name, type }) => ({ name, type })), rows });
}

async function* valuesOf(
  runs: AsyncIterable<SelectedRun>,
  columns: readonly Column[],
): AsyncGenerator<readonly Value[], void, undefined> {
  for await (const run of runs) yield columns.map((column) => column.of(run));
}

interface SortedShape {
  /** The shown columns, then those that only the order needs. */
  readonly all: readonly Column[];
  readonly columns: readonly Column[];
  readonly keys: readonly SortKey[];
}

/** Only the keys are held; the rows are read again in their order. */
async function* sortedRows(
  read: (order?: Iterable<number>) => AsyncIterable<SelectedRun>,
  { all, columns, keys }: SortedShape,
): AsyncGenerator<readonly Value[], void, undefined> {
  const held: { readonly values: readonly Value[]; readonly position: number }[] = [];
  for await (const run of read()) {
    held.push({ values: keys.map(({ column }) => all[column]!.of(run)), position: run.position });
  }
  const compare = compareRows(keys.map((key, column) => ({ ...key, column })));
  held.sort((a, b) => compare(a.values, b.values) || a.position - b.position);
  yield* valuesOf(read(held.map(({ position }) => position)), columns);
}

async function groupedTable(
  runs: SelectedRuns,
  { group_by = [], agg = ['count'], sort = [] }: TableQuery,
  shown: readonly Column[],
): Promise<Selected<Table>> {
  const by = namedColumns(group_by, runs.columns);
  if (!by.ok) return by;
  const isKey = ({ name }: Column): boolean => by.value.some((key) => key.name === name);
  const measurable = shown.filter((column) => !isKey(column));
  const grouping: Grouping = { by: by.value, measured: measurable, aggregations: agg };
  const columns = groupedColumns(grouping);
  const keys = sortKeys(sort, columns);
  if (!keys.ok) return keys;
  const measured = agg.some((aggregation) => aggregation !== 'count') ? grouping.measured : [];
  const needs = neededObservables([...grouping.by, ...measured]);
  const rows = [...(await groupRows(runs.read(needs), { ...grouping, measured }))];
  if (keys.value.length > 0) rows.sort(compareRows(keys.value));
  return selected({ columns, rows: () => inTurn(rows) });
}

async function* inTurn<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  for (const item of items) yield await Promise.resolve(item);
}

async function* atMost<T>(items: AsyncIterable<T>, limit: number): AsyncGenerator<T, void, undefined> {
  let left = limit;
  if (left <= 0) return;
  for await (const item of items) {
    yield item;
    if (--left <= 0) return;
  }
}
