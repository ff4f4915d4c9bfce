import type { Json } from '../../base/canonical-json.js';
import { isInt } from '../../base/integers.js';
import type { CheckContext } from '../documents/loaded.js';
import { nearestHint } from '../nearest.js';
import { overrideFromKey } from '../override.js';
import { childOf, isList, isMap, leafPaths, valueAt, type Path } from '../source/path.js';
import type { Axes, AxisValues, ManifestScenario } from './manifest-scenario.js';

/** Axes as a manifest that fits its schema gives them. */
export type RawAxes = Readonly<Record<string, readonly Json[] | { readonly range: readonly number[] }>>;

/** The sweep part of a scenario that fits its schema. */
export interface RawSweep {
  readonly matrix?: RawAxes;
  readonly zip?: RawAxes;
  readonly random?: { readonly count: number; readonly seed: number; readonly over: RawAxes };
  readonly include?: readonly Readonly<Record<string, Json>>[];
  readonly exclude?: readonly Readonly<Record<string, Json>>[];
}

/** Checks what a schema cannot say about the sweep of the scenario at `base`: keys, ranges, lengths, values. */
export function checkSweep(context: CheckContext, base: Path): void {
  const scenario = valueAt(context.view.value, base);
  const owners = new Map<string, string>();
  for (const [part, path] of [
    ['matrix', ['matrix']],
    ['zip', ['zip']],
    ['random', ['random', 'over']],
  ] as const) {
    const axes = valueAt(scenario, path);
    if (!isMap(axes)) continue;
    for (const key of Object.keys(axes)) {
      const at = [...base, ...path, key];
      checkOwner(context, at, { key, part, owners });
      checkKey(context, at, key);
      checkAxis(context, at);
    }
  }
  checkZip(context, [...base, 'zip']);
  for (const list of ['include', 'exclude'] as const) checkCells(context, [...base, list]);
  checkExcluded(context, [...base, 'exclude'], owners);
}

interface Owner {
  readonly key: string;
  readonly part: string;
  readonly owners: Map<string, string>;
}

function checkOwner({ view, problems }: CheckContext, at: Path, { key, part, owners }: Owner): void {
  const name = key.replace(/^run\./, '');
  const owner = owners.get(name);
  owners.set(name, owner ?? part);
  if (owner === undefined) return;
  const message = `the axis "${key}" is also given in ${owner}`;
  problems.at(view, at, { code: 'axis-repeated', message, part: 'key', found: key });
}

function checkKey({ view, problems }: CheckContext, at: Path, key: string): void {
  const made = overrideFromKey(key, null, '');
  if (made.ok) return;
  for (const { message, hint } of made.problems)
    problems.at(view, at, { code: 'unknown-key', message, hint, found: key, part: 'key' });
}

function checkAxis(context: CheckContext, at: Path): void {
  const { view, limits, problems } = context;
  const axis = valueAt(view.value, at);
  if (isList(axis)) {
    if (axis.length > limits.axis_values) {
      const expected = `at most ${String(limits.axis_values)} values`;
      problems.at(view, at, { code: 'too-many-items', message: 'the axis has too many values', expected });
    }
    axis.forEach((_, index) => checkValue(context, [...at, index]));
    return;
  }
  const range = childOf(axis, 'range');
  if (!isList(range) || !range.every(isInt) || range.length < 2 || range.length > 3) return;
  const [from, to, step] = toRange(range);
  if (step !== 0 && (to === from || to > from === step > 0)) return;
  const message = 'the range never reaches its end';
  const expected = to >= from ? 'a step > 0' : 'a step < 0';
  problems.at(view, [...at, 'range'], { code: 'bad-range', message, expected });
}

function checkZip({ view, problems }: CheckContext, at: Path): void {
  const axes = valueAt(view.value, at);
  if (!isMap(axes)) return;
  let first: { key: string; length: number } | undefined;
  for (const [key, axis] of Object.entries(axes)) {
    const length = lengthOf(axis);
    if (length === undefined) continue;
    first ??= { key, length };
    if (length === first.length) continue;
    const message = 'zipped axes must be of one length';
    const found = `${String(length)} values`;
    const expected = `${String(first.length)} values, as "${first.key}" has`;
    problems.at(view, [...at, key], { code: 'zip-length', message, found, expected });
  }
}

function lengthOf(axis: unknown): number | undefined {
  if (isList(axis)) return axis.length;
  const range = childOf(axis, 'range');
  if (!isList(range) || !range.every(isInt)) return undefined;
  const [from, to, step] = toRange(range);
  return step === 0 ? undefined : Math.floor((to - from) / step) + 1;
}

function checkCells(context: CheckContext, at: Path): void {
  const cells = valueAt(context.view.value, at);
  if (!isList(cells)) return;
  cells.forEach((cell, index) => {
    if (!isMap(cell)) return;
    for (const key of Object.keys(cell)) {
      checkKey(context, [...at, index, key], key);
      checkValue(context, [...at, index, key]);
    }
  });
}

/** An exclusion by what is no axis would never match anything. */
function checkExcluded(
  { view, problems }: CheckContext,
  at: Path,
  owners: ReadonlyMap<string, string>,
): void {
  const cells = valueAt(view.value, at);
  if (!isList(cells)) return;
  cells.forEach((cell, index) => {
    if (!isMap(cell)) return;
    for (const key of Object.keys(cell)) {
      if (owners.has(key.replace(/^run\./, '')) || !overrideFromKey(key, null, '').ok) continue;
      const message = `"${key}" is no axis of this sweep`;
      const hint = nearestHint(key, [...owners.keys()]);
      problems.at(view, [...at, index, key], { code: 'unknown-key', message, hint, found: key, part: 'key' });
    }
  });
}

/** No document takes a number that is no safe integer, so no axis may hold one, however deep. */
function checkValue({ view, problems }: CheckContext, at: Path): void {
  const value = valueAt(view.value, at);
  for (const leaf of leafPaths(value)) {
    if (!Number.isNaN(valueAt(value, leaf))) continue;
    const message = 'a number must be written as an integer up to 2^53-1';
    problems.at(view, [...at, ...leaf], { code: 'not-an-integer', message, expected: 'an integer' });
  }
}

function toRange(range: readonly number[]): readonly [from: number, to: number, step: number] {
  return [range[0] ?? 0, range[1] ?? 0, range[2] ?? 1];
}

/** The sweep as the batch room expands it. */
export function buildSweep(
  raw: RawSweep,
): Pick<ManifestScenario, 'matrix' | 'zip' | 'random' | 'include' | 'exclude'> {
  const { matrix, zip, random, include, exclude } = raw;
  return {
    ...(matrix && { matrix: buildAxes(matrix) }),
    ...(zip && { zip: buildAxes(zip) }),
    ...(random && { random: { count: random.count, seed: random.seed, over: buildAxes(random.over) } }),
    ...(include && { include }),
    ...(exclude && { exclude }),
  };
}

function buildAxes(raw: RawAxes): Axes {
  const axes: Record<string, AxisValues> = {};
  for (const [key, axis] of Object.entries(raw))
    axes[key] = 'range' in axis ? { range: toRange(axis.range) } : axis;
  return axes;
}
