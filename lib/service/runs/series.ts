import type { RunId } from '../../base/run-id.js';
import { TICK_RANGE } from '../http/path-params.js';
import { SERIES_FIELDS, type SeriesField, type TickBuckets } from '../live/tick-buckets.js';
import { SERIES_METRICS, type Series, type SeriesMetric } from '../wire/run-data.js';
import { integer, oneOf, type InferOptional } from '../../base/schema.js';

export const SERIES_QUERY = {
  metric: oneOf(SERIES_METRICS, 'What to show; sum_u by default.'),
  ...TICK_RANGE,
  points: integer('Most points; both ends and the extremes are four at least.', {
    minimum: 2,
    maximum: 2000,
    default: 400,
  }),
};
export type SeriesQuery = InferOptional<typeof SERIES_QUERY>;

const DEFAULT_POINTS = 400;

/** Source of a series. */
export interface SeriesSource {
  readonly run_id: RunId;
  readonly live: boolean;
  /** Buckets that cover the requested range, or more. */
  readonly buckets: TickBuckets;
}

/**
 * A metric in at most the requested number of points. A range that starts or ends within a bucket includes
 * the whole bucket.
 */
export function seriesOf(source: SeriesSource, query: SeriesQuery): Series {
  const { metric = 'sum_u', points = DEFAULT_POINTS } = query;
  const { buckets, run_id, live } = source;
  const range = bucketsOf(buckets, query);
  const isWhole = buckets.stride === 1 && range.end - range.start <= points;
  const shown = metric === 'u' || isWhole ? points : Math.max(1, Math.floor((points - 2) / 2));
  const size = Math.max(1, Math.ceil((range.end - range.start) / shown));
  const groups: Group[] = [];
  for (let from = range.start; from < range.end; from += size)
    groups.push({ from, to: Math.min(from + size, range.end) });
  const isEmpty = groups.length === 0;
  return {
    run_id,
    metric,
    from: isEmpty ? 0 : buckets.ticks(range.start).first,
    to: isEmpty ? 0 : buckets.ticks(range.end - 1).last,
    stride: buckets.stride * size,
    live,
    ...(isField(metric) ? pointsOf(buckets, groups, metric) : matrixOf(buckets, groups)),
  };
}

/** Adjacent buckets that are shown as one; `to` is exclusive. */
interface Group {
  readonly from: number;
  readonly to: number;
}

function bucketsOf(
  buckets: TickBuckets,
  { from = 0, to = Infinity }: SeriesQuery,
): { start: number; end: number } {
  let [start, end] = [0, buckets.count];
  while (start < end && buckets.ticks(start).last < from) start++;
  while (end > start && buckets.ticks(end - 1).first > to) end--;
  return { start, end };
}

function isField(metric: SeriesMetric): metric is SeriesField {
  return (SERIES_FIELDS as readonly string[]).includes(metric);
}

function pointsOf(
  buckets: TickBuckets,
  groups: readonly Group[],
  field: SeriesField,
): Pick<Series, 'ticks' | 'values'> {
  const points = new Map<number, number>();
  groups.forEach(({ from, to }, group) => {
    const { first, least, most, last } = buckets.extremes(field, from, to);
    if (group === 0) points.set(first.tick, first.value);
    for (const { tick, value } of [least, most].sort((a, b) => a.tick - b.tick)) points.set(tick, value);
    if (group === groups.length - 1) points.set(last.tick, last.value);
  });
  return { ticks: [...points.keys()], values: [...points.values()] };
}

function matrixOf(
  buckets: TickBuckets,
  groups: readonly Group[],
): Omit<Series, 'run_id' | 'metric' | 'from' | 'to' | 'stride' | 'live'> {
  const columns = groups.map(({ from, to }) => buckets.state(from, to));
  const rows = Array.from({ length: buckets.rows }, (_, row) => buckets.nodesOf(row));
  const isExact =
    buckets.rows === buckets.nodes &&
    groups.every(({ from, to }) => buckets.ticks(from).first === buckets.ticks(to - 1).last);
  return {
    ticks: groups.map(({ to }) => buckets.ticks(to - 1).last),
    values: columns.map(({ mean }) => mean.map(hundredths)),
    ...(isExact ? {} : { least: columns.map(({ least }) => least), most: columns.map(({ most }) => most) }),
    // Nodes are numbered from 1 in the order of the state.
    nodes: rows.map(({ first }) => first + 1),
    node_counts: rows.map(({ length }) => length),
  };
}

/** A mean with two decimals; an integer is unchanged. */
function hundredths(value: number | null): number | null {
  return value === null || Number.isSafeInteger(value) ? value : Math.round(value * 100) / 100;
}
