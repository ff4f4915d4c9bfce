import type { Column } from '../columns/column.js';
import { compareValues, integerOf, type Value } from '../columns/value.js';
import { neededObservables } from '../observables/observed.js';
import type { SelectedRuns } from '../selection/select-runs.js';

/** One run as a point of a drawing. */
export interface ChartPoint {
  readonly x: Value;
  readonly y: number;
  readonly series: Value;
  readonly facet: Value;
  /** Values of the axes of a parallel drawing. */
  readonly axes: readonly Value[];
}

/** The points of a drawing, and the distinct values of each part, ascending. */
export interface ChartData {
  readonly points: readonly ChartPoint[];
  /** Number of runs without a value to draw. */
  readonly left: number;
  readonly xs: readonly Value[];
  readonly series: readonly Value[];
  readonly facets: readonly Value[];
  readonly axes: readonly (readonly Value[])[];
}

export interface ChartColumns {
  readonly x: Column | undefined;
  readonly y: Column;
  readonly series: Column | undefined;
  readonly facet: Column | undefined;
  readonly axes: readonly Column[];
}

/**
 * Reads the data of a drawing. A run whose y is not an integer has no point; integers become doubles, which
 * is exact enough for pixels.
 */
export async function chartData(runs: SelectedRuns, columns: ChartColumns): Promise<ChartData> {
  const { x, y, series, facet, axes } = columns;
  const used = [x, y, series, facet, ...axes].filter((column) => column !== undefined);
  const points: ChartPoint[] = [];
  let left = 0;
  for await (const run of runs.read(neededObservables(used))) {
    const height = integerOf(y.of(run));
    if (height === undefined) {
      left++;
      continue;
    }
    points.push({
      x: x?.of(run) ?? null,
      y: Number(height),
      series: series?.of(run) ?? null,
      facet: facet?.of(run) ?? null,
      axes: axes.map((axis) => axis.of(run)),
    });
  }
  return {
    points,
    left,
    xs: distinct(points.map((point) => point.x)),
    series: distinct(points.map((point) => point.series)),
    facets: distinct(points.map((point) => point.facet)),
    axes: axes.map((_, n) => distinct(points.map((point) => point.axes[n]!))),
  };
}

function distinct(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)].sort(compareValues);
}

/** True if every value is an integer, so that distances between them are meaningful. */
export function isNumeric(values: readonly Value[]): boolean {
  return values.every((value) => integerOf(value) !== undefined);
}

/** A value as a label. */
export function labelOf(value: Value): string {
  return value === null ? 'none' : String(value);
}
