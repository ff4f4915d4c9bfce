import type { Json } from '../../base/canonical-json.js';
import { isInt } from '../../base/integers.js';
import type { CheckContext } from '../documents/loaded.js';
import type { ManifestDocument } from '../schemas/batch-manifest.js';
import { ProblemList } from '../problem-list.js';
import { childOf, isList, isMap, leafPaths, valueAt, type Path } from '../source/path.js';
import type { Axes, ManifestScenario } from './manifest-scenario.js';
import { checkEffects } from './sweep-effects.js';
import { isAffordable, type StepBudget } from './sweep-budget.js';
import { sweepKey, SweepKeys } from './sweep-keys.js';

/** Axes and sweep of a scenario as written. */
type WrittenAxes = NonNullable<WrittenSweep['matrix']>;
export type WrittenSweep = Pick<
  ManifestDocument['scenarios'][number],
  'matrix' | 'zip' | 'random' | 'include' | 'exclude'
>;

/**
 * Checks of the sweep of the scenario at `base` that a schema cannot express: keys, ranges, lengths, values,
 * cost. True if it is valid.
 */
export function checkSweep({ problems, ...rest }: CheckContext, base: Path, steps: StepBudget): boolean {
  const own = new ProblemList(rest.limits.problems);
  const context = { ...rest, problems: own };
  checkParts(context, base);
  const raw = valueAt(rest.view.value, base);
  if (own.isEmpty && isMap(raw)) {
    const sweep = buildSweep(raw as WrittenSweep);
    if (isAffordable(context, base, { sweep, steps })) checkEffects(context, base, sweep);
  }
  for (const problem of own.finish()) problems.add(problem);
  return own.isEmpty;
}

function checkParts(context: CheckContext, base: Path): void {
  const keys = new SweepKeys(context);
  for (const { part, path } of AXIS_PARTS) {
    const axes = valueAt(context.view.value, [...base, ...path]);
    if (!isMap(axes)) continue;
    for (const key of Object.keys(axes)) {
      keys.axis([...base, ...path, key], part);
      checkAxis(context, [...base, ...path, key]);
    }
  }
  checkZip(context, [...base, 'zip']);
  checkCount(context, [...base, 'random']);
  checkCells(context, [...base, 'include'], (at, cell) => {
    keys.included(at, cell);
  });
  checkCells(context, [...base, 'exclude'], (at, cell) => {
    keys.excluded(at, cell);
  });
}

/** Parts of a scenario that contain axes. */
export const AXIS_PARTS = [
  { part: 'matrix', path: ['matrix'] },
  { part: 'zip', path: ['zip'] },
  { part: 'random', path: ['random', 'over'] },
] as const;

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
  if (step !== 0 && (to === from || to > from === step > 0)) {
    if (Number.isSafeInteger(Math.floor((to - from) / step) + 1)) return;
    const wide = { code: 'out-of-range', message: 'the range has too many values' } as const;
    const found = `${String(from)} to ${String(to)} in steps of ${String(step)}`;
    const expected = 'at most 9007199254740991 values';
    problems.at(view, [...at, 'range'], { ...wide, found, expected });
    return;
  }
  const message = 'the range does not reach its end';
  const found = range.length === 3 ? `a step of ${String(step)}` : `a step of ${String(step)}, the default`;
  const expected = to >= from ? 'a step > 0' : 'a step < 0';
  const place = [...at, 'range', ...(range.length === 3 ? [2] : [])];
  problems.at(view, place, { code: 'bad-range', message, found, expected });
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
    const message = 'zipped axes must have the same length';
    const found = counted(length);
    const expected = `${counted(first.length)}, as "${first.key}" has`;
    problems.at(view, [...at, key], { code: 'zip-length', message, found, expected });
  }
}

/** More draws than combinations must contain duplicates. */
function checkCount({ view, problems }: CheckContext, at: Path): void {
  const random = valueAt(view.value, at);
  const [count, over] = [childOf(random, 'count'), childOf(random, 'over')];
  if (!isInt(count) || !isMap(over)) return;
  const possible = Object.values(over).reduce<number>((all, axis) => all * (lengthOf(axis) ?? NaN), 1);
  if (!(count > possible) || possible < 1) return;
  const message = 'the draw asks for more combinations than exist';
  problems.at(view, [...at, 'count'], {
    code: 'out-of-range',
    message,
    expected: `at most ${String(possible)}`,
  });
}

function counted(values: number): string {
  return values === 1 ? '1 value' : `${String(values)} values`;
}

function lengthOf(axis: unknown): number | undefined {
  if (isList(axis)) return axis.length;
  const range = childOf(axis, 'range');
  if (!isList(range) || !range.every(isInt)) return undefined;
  const [from, to, step] = toRange(range);
  return step === 0 ? undefined : Math.floor((to - from) / step) + 1;
}

function checkCells(
  context: CheckContext,
  at: Path,
  checkKeys: (at: Path, cell: Readonly<Record<string, unknown>>) => void,
): void {
  const cells = valueAt(context.view.value, at);
  if (!isList(cells)) return;
  cells.forEach((cell, index) => {
    if (!isMap(cell)) return;
    checkKeys([...at, index], cell);
    for (const key of Object.keys(cell)) checkValue(context, [...at, index, key]);
  });
}

/** Documents accept only safe integers as numbers, so an axis must not contain others at any depth. */
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

/** The sweep for expansion, with every key in canonical form. */
export function buildSweep(
  raw: WrittenSweep,
): Pick<ManifestScenario, 'matrix' | 'zip' | 'random' | 'include' | 'exclude'> {
  const { matrix, zip, random, include, exclude } = raw;
  return {
    ...(matrix && { matrix: buildAxes(matrix) }),
    ...(zip && { zip: buildAxes(zip) }),
    ...(random && { random: { count: random.count, seed: random.seed, over: buildAxes(random.over) } }),
    ...(include && { include: include.map((cell) => respelt(cell, same)) }),
    ...(exclude && { exclude: exclude.map((cell) => respelt(cell, same)) }),
  };
}

function buildAxes(raw: WrittenAxes): Axes {
  return respelt(raw, (axis) => ('range' in axis ? { range: toRange(axis.range) } : axis));
}

function same(value: Json): Json {
  return value;
}

function respelt<From, To>(
  map: Readonly<Record<string, From>>,
  value: (from: From) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(map).map(([written, from]) => [sweepKey(written)?.text ?? written, value(from)]),
  );
}
