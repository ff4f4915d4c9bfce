import type { Column } from '../columns/column.js';
import { neededObservables } from '../observables/observed.js';
import type { SelectedRuns } from '../selection/select-runs.js';
import { selected, type Selected } from '../selection/selection.js';
import { namedColumns } from './choose-columns.js';
import { inTurn } from './row-streams.js';
import { compareRows, sortKeys } from './sort-rows.js';
import type { RowRange, SeekableTable, Table, TableQuery, Aggregation, TableColumn } from './table.js';
import { compareValues, exactValue, integerOf, type Value } from '../columns/value.js';
import type { SelectedRun } from '../selection/selected-run.js';
import { meanText } from './mean.js';

/** A row for each combination of keys; all of them are held. */
export async function groupedTable(
  runs: SelectedRuns,
  { group_by = [], agg = ['count'], sort = [] }: TableQuery,
  shown: readonly Column[],
): Promise<Selected<SeekableTable>> {
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
  const range = ({ offset = 0, limit = Infinity }: RowRange): Table => ({
    columns,
    rows: () => inTurn(rows.slice(offset, offset + limit)),
  });
  return selected({ ...range({}), range, count: () => Promise.resolve(rows.length) });
}

/** Definition of groups. */
interface Grouping {
  readonly by: readonly Column[];
  /** The columns to aggregate. */
  readonly measured: readonly Column[];
  readonly aggregations: readonly Aggregation[];
}

/** The columns of a grouped table: the keys, the number of runs if requested, and each aggregate. */
function groupedColumns({ by, measured, aggregations }: Grouping): readonly TableColumn[] {
  const counted: readonly TableColumn[] = aggregations.includes('count')
    ? [{ name: 'count', type: 'integer' }]
    : [];
  const others = aggregations.filter((aggregation) => aggregation !== 'count');
  return [
    ...by.map(({ name, type }) => ({ name, type })),
    ...counted,
    ...measured.flatMap(({ name }) => others.map((aggregation) => aggregateColumn(aggregation, name))),
  ];
}

interface Group {
  readonly keys: readonly Value[];
  count: number;
  readonly aggregates: readonly Aggregate[];
}

/** One row for each combination of keys, ascending. Memory grows only with the number of groups. */
async function groupRows(
  runs: AsyncIterable<SelectedRun>,
  { by, measured, aggregations }: Grouping,
): Promise<readonly (readonly Value[])[]> {
  const groups = new Map<string, Group>();
  for await (const run of runs) {
    const keys = by.map((column) => column.of(run));
    const key = JSON.stringify(keys);
    let group = groups.get(key);
    if (group === undefined) {
      groups.set(key, (group = { keys, count: 0, aggregates: measured.map(() => new Aggregate()) }));
    }
    group.count++;
    for (const [n, column] of measured.entries()) group.aggregates[n]!.add(column.of(run));
  }
  const others = aggregations.filter((aggregation) => aggregation !== 'count');
  const rows = [...groups.values()].map(({ keys, count, aggregates }) => [
    ...keys,
    ...(aggregations.includes('count') ? [count] : []),
    ...aggregates.flatMap((aggregate) => others.map((aggregation) => aggregate.result(aggregation))),
  ]);
  return rows.sort(compareRows(by.map((_, column) => ({ column, falls: false, type: 'any' }))));
}

/**
 * Aggregate of the values of one column in one group: integers are summed exactly, null and text are ignored.
 */
class Aggregate {
  #count = 0n;
  #sum = 0n;
  #min: Value = null;
  #max: Value = null;

  add(value: Value): void {
    const integer = integerOf(value);
    if (integer === undefined) return;
    this.#count++;
    this.#sum += integer;
    if (this.#min === null || compareValues(value, this.#min) < 0) this.#min = value;
    if (this.#max === null || compareValues(value, this.#max) > 0) this.#max = value;
  }

  /** Null if the group has no value. */
  result(aggregation: Exclude<Aggregation, 'count'>): Value {
    if (this.#count === 0n) return null;
    switch (aggregation) {
      case 'mean':
        return meanText(this.#sum, this.#count);
      case 'sum':
        return exactValue(this.#sum);
      case 'min':
        return this.#min;
      case 'max':
        return this.#max;
    }
  }
}

/** The column of an aggregation of a column. */
function aggregateColumn(aggregation: Aggregation, column: string): TableColumn {
  return { name: `${aggregation}(${column})`, type: aggregation === 'mean' ? 'decimal' : 'integer' };
}
