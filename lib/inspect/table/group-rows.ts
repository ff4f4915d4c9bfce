import type { Column } from '../columns/column.js';
import type { Value } from '../columns/value.js';
import type { SelectedRun } from '../selection/selected-run.js';
import { Aggregate, aggregateColumn } from './aggregate.js';
import { compareRows } from './sort-rows.js';
import type { Aggregation, TableColumn } from './table.js';

/** Definition of groups. */
export interface Grouping {
  readonly by: readonly Column[];
  /** The columns to aggregate. */
  readonly measured: readonly Column[];
  readonly aggregations: readonly Aggregation[];
}

/** The columns of a grouped table: the keys, the number of runs if requested, and each aggregate. */
export function groupedColumns({ by, measured, aggregations }: Grouping): readonly TableColumn[] {
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
export async function groupRows(
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
