import type { Series } from '../../../service/wire/index.js';

/** Two series over one axis of ticks. */
export interface Overlaid {
  readonly ticks: readonly number[];
  readonly a: readonly (number | null)[];
  readonly b: readonly (number | null)[];
}

/**
 * Puts two series over one axis. Each has values at its own ticks only: which ticks a long run is shown at depends on its values.
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
