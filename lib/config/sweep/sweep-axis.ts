import type { Json } from '../../base/canonical-json.js';
import type { AxisValues } from '../manifest/manifest-scenario.js';
import { draw } from './draw.js';

/** The varying part of a scenario as the manifest states it; absent parts are empty. */
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

/** Keys that vary together: point p gives each key its value. Nothing is listed that can be computed. */
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

/** Every key that some cell may set, each once. */
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
export function countOf(values: AxisValues): number {
  if (isList(values)) return values.length;
  const [from, to, step] = values.range;
  return Math.floor((to - from) / step) + 1;
}

function valueAt(values: AxisValues, index: number): Json {
  if (isList(values)) return values[index]!;
  return values.range[0] + index * values.range[2];
}

/** The values that are written one by one. */
export function listedOf(values: AxisValues): readonly Json[] {
  return isList(values) ? values : [];
}

function isList(values: AxisValues): values is readonly Json[] {
  return Array.isArray(values);
}
