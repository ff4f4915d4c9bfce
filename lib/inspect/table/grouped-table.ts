import type { Column } from '../columns/column.js';
import { neededObservables } from '../observables/observed.js';
import type { SelectedRuns } from '../selection/select-runs.js';
import { selected, type Selected } from '../selection/selection.js';
import { namedColumns } from './choose-columns.js';
import { groupedColumns, groupRows, type Grouping } from './group-rows.js';
import { inTurn } from './row-streams.js';
import { compareRows, sortKeys } from './sort-rows.js';
import type { RowRange, SeekableTable, Table, TableQuery } from './table.js';

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
