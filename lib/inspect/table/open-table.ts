import { OBSERVABLE_COLUMNS } from '../columns/observable-columns.js';
import type { SelectedRuns } from '../selection/select-runs.js';
import { problem, type Selected } from '../selection/selection.js';
import { shownColumns, usualColumns } from './choose-columns.js';
import { groupedTable } from './grouped-table.js';
import { plainTable } from './plain-table.js';
import { varyingAxes } from './varying-axes.js';
import type { SeekableTable, Table, TableQuery } from './table.js';

/**
 * The table of selected runs. Rows are ordered by run name unless sorted; reading depends only on the tree,
 * so every reading gives the same rows.
 */
export async function openTable(runs: SelectedRuns, query: TableQuery = {}): Promise<Selected<Table>> {
  const table = await openSeekable(runs, query);
  return table.ok ? { ok: true, value: table.value.range(query) } : table;
}

/** The same without a range: a table from which any range of rows can be read. */
export async function openSeekable(
  runs: SelectedRuns,
  query: TableQuery = {},
): Promise<Selected<SeekableTable>> {
  const { columns = [], group_by = [], sort = [] } = query;
  if (query.agg !== undefined && group_by.length === 0) {
    return problem('malformed', 'aggregations need columns to group by', 'add --group-by <columns>');
  }
  await runs.learn([...columns, ...group_by, ...sort]);
  const chosen = columns.length > 0 ? await shownColumns(columns, runs) : undefined;
  if (chosen?.ok === false) return chosen;
  if (group_by.length > 0) return groupedTable(runs, query, chosen?.value ?? OBSERVABLE_COLUMNS);
  return plainTable(runs, chosen?.value ?? usualColumns(await varyingAxes(runs)), sort);
}
