import type { WireTablePage, WireValue } from '../../../service/wire/index.js';
import type { Query } from '../../api/client.js';
import type { ChartChoice } from './chart-choice.js';
import { tablePage } from './table-pages.js';
import { numberOf } from './value-text.js';

/** Maximum number of rows in a chart. */
export const MOST_ROWS = 4000;
const PAGE = 1000;

export interface ChartPoint {
  readonly x: WireValue;
  /** Null without grouping. */
  readonly by: WireValue;
  readonly y: number;
  /** The recorded value. */
  readonly exact: WireValue;
  /** Number of runs in the point. */
  readonly runs: number;
}

export interface ChartPoints {
  readonly points: readonly ChartPoint[];
  /** Number of rows without a value. */
  readonly missing: number;
  /** Rows of the table; more than requested if the limit cut any off. */
  readonly total: number;
}

/**
 * The points of a chart: runs for a scatter plot, otherwise the mean of the runs with the same x and group.
 */
export async function chartPoints(
  selection: Query,
  choice: ChartChoice,
  signal: AbortSignal,
): Promise<ChartPoints> {
  const { kind, x, by, value } = choice;
  const keys = by === '' ? [x] : [x, by];
  const isGrouped = kind !== 'scatter';
  const query: Query = isGrouped
    ? { ...selection, group_by: keys, agg: ['mean', 'count'], columns: [value] }
    : { ...selection, columns: [...new Set([...keys, value])], sort: keys };
  const { rows, total, columns } = await allRows(query, signal);
  const at = (name: string): number => columns.findIndex((column) => column.name === name);
  const [xAt, byAt, valueAt] = [at(x), at(by), at(isGrouped ? `mean(${value})` : value)];
  const countAt = isGrouped ? at('count') : -1;
  const points = rows.flatMap((row): ChartPoint[] => {
    const y = numberOf(row[valueAt]);
    if (y === null) return [];
    const exact = row[valueAt]!;
    return [
      { x: row[xAt]!, by: row[byAt] ?? null, y, exact, runs: countAt === -1 ? 1 : Number(row[countAt]) },
    ];
  });
  return { points, missing: rows.length - points.length, total };
}

async function allRows(query: Query, signal: AbortSignal): Promise<WireTablePage> {
  const first = await tablePage({ ...query, limit: PAGE }, signal);
  const rows = [...first.rows];
  while (rows.length < Math.min(first.total, MOST_ROWS)) {
    const page = await tablePage({ ...query, offset: rows.length, limit: PAGE }, signal);
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
  }
  return { ...first, rows };
}
