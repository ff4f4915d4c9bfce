import type { Series } from '../../../service/wire/index.js';

/** Two series over one axis of ticks. */
export interface Overlaid {
  readonly ticks: readonly number[];
  readonly a: readonly (number | null)[];
  readonly b: readonly (number | null)[];
}

/**
 * Combines two series on one axis. Each has values only at its own ticks, because the ticks shown of a long
 * run depend on its values.
 */
export function overlaid(a: Series, b: Series): Overlaid {
  const ticks = [...new Set([...a.ticks, ...b.ticks])].sort((x, y) => x - y);
  return { ticks, a: alignedTo(ticks, a), b: alignedTo(ticks, b) };
}

function alignedTo(ticks: readonly number[], series: Series): readonly (number | null)[] {
  const values = series.values as readonly number[];
  const known = new Map(series.ticks.map((tick, at) => [tick, values[at]!]));
  return ticks.map((tick) => known.get(tick) ?? null);
}
