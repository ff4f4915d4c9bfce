import type { Series } from '../../../service/wire/index.js';

/** Two series over one axis of ticks. */
export interface Overlaid {
  readonly ticks: readonly number[];
  readonly a: readonly (number | null)[];
  readonly b: readonly (number | null)[];
}

/**
 * Puts two series over one axis. Long runs come thinned out, each in its own stride; between two of its own points a series
 * gets the value of the straight line that a chart draws there anyway, and outside of its range nothing.
 */
export function overlaid(a: Series, b: Series): Overlaid {
  const ticks = [...new Set([...a.ticks, ...b.ticks])].sort((x, y) => x - y);
  return { ticks, a: alignedTo(ticks, a), b: alignedTo(ticks, b) };
}

function alignedTo(ticks: readonly number[], series: Series): readonly (number | null)[] {
  const values = series.values as readonly number[];
  let next = 0;
  return ticks.map((tick) => {
    while (next < series.ticks.length && series.ticks[next]! < tick) next++;
    const [at, value] = [series.ticks[next], values[next]];
    if (at === undefined || value === undefined) return null;
    if (at === tick) return value;
    const [before, earlier] = [series.ticks[next - 1], values[next - 1]];
    if (before === undefined || earlier === undefined) return null;
    return earlier + ((value - earlier) * (tick - before)) / (at - before);
  });
}
