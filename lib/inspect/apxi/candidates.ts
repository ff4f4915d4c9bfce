import type { DescriptorParams } from '../../engine/inputs.js';
import type { WindowValues } from './window-streams.js';

/** Maximum range of constants that are all tried; for a wider range, only values that occur. */
const EVERY_CONSTANT = 4096;

/**
 * Candidate constants, ascending: a constant outside the range of the values is never better than one inside.
 */
export function constants({ ticks }: WindowValues): readonly number[] {
  const seen = distinctValues(ticks.map(({ values }) => values));
  const [low, high] = [seen[0], seen.at(-1)];
  if (low === undefined || high === undefined || high - low >= EVERY_CONSTANT) return seen;
  return Array.from({ length: high - low + 1 }, (_, n) => low + n);
}

function distinctValues(vectors: readonly Float64Array[]): readonly number[] {
  const seen = new Set<number>();
  for (const values of vectors) for (const value of values) if (Number.isSafeInteger(value)) seen.add(value);
  return [...seen].sort((a, b) => a - b);
}

export type Trend = Extract<DescriptorParams, { readonly descriptor_type: 'LINEAR_TREND' }>['params'];

/** Maximum number of ticks whose pairs are compared; for a longer window an even selection with both ends. */
const PAIRED_TICKS = 64;

/** Trends through two ticks of a component of the stream, the most frequent first. */
export function trends({ ticks, width }: WindowValues): readonly Trend[] {
  const chosen = evenly(ticks.length, PAIRED_TICKS);
  const counts = new Map<string, { readonly trend: Trend; count: number }>();
  for (let component = 0; component < width; component++) {
    for (const [n, a] of chosen.entries()) {
      for (const b of chosen.slice(n + 1)) {
        const trend = throughTicks(a, ticks[a]!.values[component]!, b, ticks[b]!.values[component]!);
        if (trend === undefined) continue;
        const key = `${String(trend.slope)} ${String(trend.intercept)}`;
        const known = counts.get(key);
        if (known === undefined) counts.set(key, { trend, count: 1 });
        else known.count++;
      }
    }
  }
  return [...counts.values()]
    .sort((x, y) => y.count - x.count || byTrend(x.trend, y.trend))
    .map(({ trend }) => trend);
}

/** By slope, then by intercept; the one nearer to zero first. */
export function byTrend(a: Trend, b: Trend): number {
  return order(a.slope, b.slope) || order(a.intercept, b.intercept);
}

function order(a: number, b: number): number {
  return Math.abs(a) - Math.abs(b) || a - b;
}

function throughTicks(a: number, x: number, b: number, y: number): Trend | undefined {
  const slope = (y - x) / (b - a) + 0;
  const intercept = x - slope * a + 0;
  if (![slope, intercept, x, y].every(Number.isSafeInteger)) return undefined;
  return intercept + slope * b === y ? { intercept, slope, start_tick: 0 } : undefined;
}

/** At most `most` positions of `count`, evenly spread, including the first and the last. */
export function evenly(count: number, most: number): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, n) => n);
  return Array.from({ length: most }, (_, n) => Math.round((n * (count - 1)) / (most - 1)));
}

/** The shortest pattern that the stream repeats exactly, at least twice; undefined if there is none. */
export function shortestPeriod({ ticks, width }: WindowValues): readonly number[] | undefined {
  if (width !== 1) return undefined;
  const values = ticks.map((tick) => tick.values[0]!);
  if (!values.every(Number.isSafeInteger)) return undefined;
  for (let length = 1; length * 2 <= values.length; length++) {
    if (values.length % length !== 0) continue;
    if (values.every((value, q) => value === values[q % length])) return values.slice(0, length);
  }
  return undefined;
}
