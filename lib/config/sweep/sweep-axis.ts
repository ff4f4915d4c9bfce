import type { Json } from '../../base/canonical-json.js';
import type { AxisValues } from '../manifest/manifest-scenario.js';
import { draw } from './draw.js';

/** The sweep of a scenario in its manifest; absent parts are empty. */
export interface Sweep {
  readonly matrix?: Readonly<Record<string, AxisValues>>;
  readonly zip?: Readonly<Record<string, AxisValues>>;
  readonly random?: {
    readonly count: number;
    readonly seed: number | string;
    readonly over: Readonly<Record<string, AxisValues>>;
  };
  readonly include?: readonly Readonly<Record<string, Json>>[];
  readonly exclude?: readonly Readonly<Record<string, Json>>[];
}

/** Keys that vary together: point p gives each key its value. Computable values are not listed. */
export interface SweepAxis {
  readonly keys: readonly string[];
  readonly points: number;
  value(key: number, point: number): Json;
}

/** One axis per matrix key in declared order, then the zipped keys, then the random draws. */
export function sweepAxes(sweep: Sweep): SweepAxis[] {
  const axes: SweepAxis[] = [];
  for (const [key, values] of Object.entries(sweep.matrix ?? {})) {
    axes.push({ keys: [key], points: countOf(values), value: (_, point) => valueAt(values, point) });
  }
  const zipped = Object.entries(sweep.zip ?? {});
  if (zipped.length > 0) {
    axes.push({
      keys: zipped.map(([key]) => key),
      points: Math.min(...zipped.map(([, values]) => countOf(values))),
      value: (key, point) => valueAt(zipped[key]![1], point),
    });
  }
  if (sweep.random !== undefined) axes.push(randomAxis(sweep.random));
  return axes;
}

/** The sweep with one value for each fixed axis; drawn and zipped axes keep their number of points. */
export function withFixedAxes(sweep: Sweep, fixed: ReadonlyMap<string, Json>): Sweep {
  if (fixed.size === 0) return sweep;
  const { matrix, zip, random } = sweep;
  return {
    ...sweep,
    ...(matrix && { matrix: fixAxes(matrix, fixed, () => 1) }),
    ...(zip && { zip: fixAxes(zip, fixed, countOf) }),
    ...(random && { random: { ...random, over: fixAxes(random.over, fixed, () => 1) } }),
  };
}

function fixAxes(
  axes: Readonly<Record<string, AxisValues>>,
  fixed: ReadonlyMap<string, Json>,
  count: (values: AxisValues) => number,
): Record<string, AxisValues> {
  const entries = Object.entries(axes).map(([key, values]): [string, AxisValues] => {
    const value = fixed.get(key);
    return [key, value === undefined ? values : Array<Json>(count(values)).fill(value)];
  });
  return Object.fromEntries(entries);
}

/** Every key that any cell sets, without duplicates. */
export function sweepKeys(sweep: Sweep): string[] {
  const keys = sweepAxes(sweep).flatMap((axis) => axis.keys);
  return [...new Set([...keys, ...(sweep.include ?? []).flatMap((entry) => Object.keys(entry))])];
}

function randomAxis(random: NonNullable<Sweep['random']>): SweepAxis {
  const over = Object.entries(random.over);
  return {
    keys: over.map(([key]) => key),
    points: random.count,
    value: (index, point) => {
      const [key, values] = over[index]!;
      return valueAt(values, draw({ seed: random.seed, key }, point, countOf(values)));
    },
  };
}

/** Number of values; at least 1 in a valid manifest. */
function countOf(values: AxisValues): number {
  if (isList(values)) return values.length;
  const [from, to, step] = values.range;
  return Math.floor((to - from) / step) + 1;
}

function valueAt(values: AxisValues, index: number): Json {
  if (isList(values)) return values[index]!;
  return values.range[0] + index * values.range[2];
}

function isList(values: AxisValues): values is readonly Json[] {
  return Array.isArray(values);
}
