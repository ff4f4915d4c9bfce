import type { Json } from '../../base/canonical-json.js';
import type { CheckContext } from '../documents/loaded.js';
import { nearestHint } from '../nearest.js';
import { shownValue } from '../shown-value.js';
import { isList, isMap, valueAt, type Path } from '../source/path.js';
import { cellBound } from '../sweep/combinations.js';
import { idleEntries, type IdleEntry } from '../sweep/idle-entries.js';
import { sweepAxes, type Sweep, type SweepAxis } from '../sweep/sweep-axis.js';
import { MAX_CELLS } from '../sweep/too-many-cells.js';
import { sweepKey } from './sweep-keys.js';

/**
 * Reports entries of a valid sweep that have no effect: a mistake in such an entry would run cells that it
 * seems to exclude, or exclude cells that it seems to run.
 */
export function checkEffects(context: CheckContext, base: Path, sweep: Sweep): void {
  if (cellBound(sweep) > MAX_CELLS) return;
  const idle = idleEntries(sweep);
  const axes = sweepAxes(sweep);
  for (const entry of idle.exclude) report(context, [...base, 'exclude', entry.index], { entry, axes });
  for (const entry of idle.include) report(context, [...base, 'include', entry.index], { entry, axes });
  for (const { point, first } of idle.zip) repeated(context, [...base, 'zip'], { point, first });
}

function report(
  { view, problems }: CheckContext,
  at: Path,
  { entry, axes }: { readonly entry: IdleEntry; readonly axes: readonly SweepAxis[] },
): void {
  const part = at.at(-2) === 'exclude' ? 'exclude' : 'include';
  if (entry.why === 'done already') {
    const message =
      part === 'exclude'
        ? 'the entry excludes nothing that the other entries do not exclude'
        : 'the entry adds nothing new';
    problems.at(view, at, { code: 'no-effect', message, hint: 'remove it' });
    return;
  }
  const message = 'the entry matches no combination of the sweep';
  const written = valueAt(view.value, at);
  for (const [key, value] of isMap(written) ? Object.entries(written) : []) {
    const known = valuesOf(axes, sweepKey(key)?.text ?? key);
    const text = JSON.stringify(value);
    if (known.some((candidate) => JSON.stringify(candidate) === text)) continue;
    const hint = nearestNumber(value, known) ?? nearestHint(plain(value as Json), known.map(plain));
    const shown = known.length > 0 ? `one of the values of "${key}"` : undefined;
    const other = known.find((candidate) => plain(candidate) === plain(value as Json));
    const found = shownValue(value) ?? null;
    const typed =
      other === undefined
        ? hint
        : `the axis has the ${kindOf(other)} ${JSON.stringify(other)}, not the ${kindOf(value)} ${text}`;
    problems.at(view, [...at, key], { code: 'no-effect', message, found, expected: shown, hint: typed });
    return;
  }
  problems.at(view, at, {
    code: 'no-effect',
    message,
    hint: 'each of its values is in the sweep, but never together',
  });
}

/** Maximum number of values of a long axis that are compared. */
const LOOKED_AT = 10_000;

function valuesOf(axes: readonly SweepAxis[], key: string): Json[] {
  for (const axis of axes) {
    const index = axis.keys.indexOf(key);
    if (index < 0) continue;
    return Array.from({ length: Math.min(axis.points, LOOKED_AT) }, (_, point) => axis.value(index, point));
  }
  return [];
}

/** For numbers, suggests the nearest value, not the most similar text. */
function nearestNumber(value: unknown, known: readonly Json[]): string | undefined {
  const numbers = known.filter((candidate) => typeof candidate === 'number');
  if (typeof value !== 'number' || numbers.length === 0) return undefined;
  const near = numbers.reduce((best, next) =>
    Math.abs(next - value) < Math.abs(best - value) ? next : best,
  );
  return `the nearest value is ${String(near)}`;
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function kindOf(value: unknown): string {
  if (isList(value)) return 'list';
  if (value === null) return 'value';
  return typeof value === 'object' ? 'map' : typeof value === 'string' ? 'text' : typeof value;
}

function repeated(
  { view, problems }: CheckContext,
  zip: Path,
  { point, first }: { readonly point: number; readonly first: number },
): void {
  const written = valueAt(view.value, zip);
  const [key] = Object.entries(isMap(written) ? written : {}).find(([, values]) => isList(values)) ?? [];
  if (key === undefined) return;
  const message = `the zipped values are those of number ${String(first + 1)}`;
  problems.at(view, [...zip, key, point], {
    code: 'no-effect',
    message,
    hint: 'remove them from every axis',
  });
}
