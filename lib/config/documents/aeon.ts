import { byCodeUnit } from '../../base/code-units.js';
import { isInt } from '../../base/integers.js';
import type { AeonGrammar, AeonWindow } from '../../engine/inputs.js';
import { nearestHint } from '../nearest.js';
import type { AeonDocument } from '../schemas/aeon.js';
import { childOf, isList, isMap, type Path } from '../source/path.js';
import type { CheckContext } from './loaded.js';

type DerivedWindow = NonNullable<AeonDocument['derived_windows']>[string];

const LISTS = ['base_windows', 'derived_windows'] as const;

interface Entry {
  readonly id: string;
  readonly at: Path;
  readonly window: unknown;
}

/** Checks that a schema cannot express; accepts documents that do not match their schema. */
export function checkAeon(context: CheckContext): void {
  const entries = entriesOf(context.view.value);
  const ids = new Set(entries.map(({ id }) => id));
  for (const entry of entries) {
    checkId(context, entry);
    checkSpan(context, entry);
    checkReferences(context, entry, ids);
  }
  checkCycles(context, entries, (window) => listOf(childOf(window, 'source_ids')), 'source_ids');
  checkCycles(context, entries, (window) => listOf([childOf(window, 'parent_id')]), 'parent_id');
}

function entriesOf(value: unknown): Entry[] {
  return LISTS.flatMap((list) => {
    const windows = childOf(value, list);
    if (!isMap(windows)) return [];
    return Object.entries(windows).map(([id, window]) => ({ id, at: [list, id], window }));
  });
}

function checkId({ view, problems }: CheckContext, { id, at, window }: Entry): void {
  const own = childOf(window, 'window_id');
  if (typeof own === 'string' && own !== id) {
    const message = 'the key of a window must be its window_id';
    problems.at(view, [...at, 'window_id'], { code: 'aeon-key', message, expected: id });
  }
  if (at[0] === 'derived_windows' && childOf(childOf(view.value, 'base_windows'), id) !== undefined) {
    const message = 'ids must be unique over base_windows and derived_windows';
    const hint = 'base_windows has the same id';
    problems.at(view, at, { code: 'aeon-repeated', message, hint, found: id, part: 'key' });
  }
}

function checkSpan({ view, problems }: CheckContext, { at, window }: Entry): void {
  const start = childOf(window, 'tick_start');
  const end = childOf(window, 'tick_end');
  if (!isInt(start) || !isInt(end) || end >= start) return;
  const expected = `at least tick_start, ${String(start)}`;
  const message = 'a window must not end before it starts';
  problems.at(view, [...at, 'tick_end'], { code: 'window-order', message, expected });
}

function checkReferences(
  { view, problems }: CheckContext,
  { id, at, window }: Entry,
  ids: ReadonlySet<string>,
): void {
  const sources = childOf(window, 'source_ids');
  const named: [Path, unknown][] = [[[...at, 'parent_id'], childOf(window, 'parent_id')]];
  if (isList(sources)) sources.forEach((source, n) => named.push([[...at, 'source_ids', n], source]));
  for (const [path, name] of named) {
    if (typeof name !== 'string' || name === '') continue;
    if (name === id) {
      const message = 'a window must not name itself';
      problems.at(view, path, { code: 'aeon-cycle', message, expected: 'the id of another window' });
    } else if (!ids.has(name)) {
      const message = 'the grammar has no window of this id';
      problems.at(view, path, { code: 'aeon-unknown', message, hint: nearestHint(name, [...ids]) });
    }
  }
}

/** Reports each cycle once, at the first of its windows in the document. */
function checkCycles(
  { view, problems }: CheckContext,
  entries: readonly Entry[],
  next: (window: unknown) => readonly string[],
  field: 'source_ids' | 'parent_id',
): void {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const done = new Set<string>();
  for (const first of entries) {
    const cycle = cycleFrom(first.id, (id) => next(byId.get(id)?.window), done);
    // A window that names itself is reported at its reference.
    if (cycle === undefined || cycle.length < 2) continue;
    const start = byId.get(cycle[0]!)!;
    const message = `the windows ${[...cycle, cycle[0]!].join(' -> ')} contain each other`;
    problems.at(view, [...start.at, field], { code: 'aeon-cycle', message, expected: 'no cycle' });
  }
}

/**
 * The first cycle found from a window that is not marked as done; marks all visited windows as done.
 * Iterative, because chains are long.
 */
function cycleFrom(
  start: string,
  next: (id: string) => readonly string[],
  done: Set<string>,
): readonly string[] | undefined {
  if (done.has(start)) return undefined;
  const path: { readonly id: string; readonly left: string[] }[] = [{ id: start, left: [...next(start)] }];
  const places = new Map([[start, 0]]);
  let found: readonly string[] | undefined;
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const id = top.left.shift();
    if (id === undefined) {
      done.add(top.id);
      places.delete(top.id);
      path.pop();
      continue;
    }
    const place = places.get(id);
    if (place !== undefined) found ??= path.slice(place).map((step) => step.id);
    else if (!done.has(id)) {
      places.set(id, path.length);
      path.push({ id, left: [...next(id)] });
    }
  }
  return found;
}

function listOf(value: unknown): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The grammar of a run; the ranges of derived windows are computed. */
export function buildAeon(raw: AeonDocument): AeonGrammar {
  const derived = raw.derived_windows ?? {};
  const ranges = new Map<string, readonly [number, number]>();
  for (const { window_id, tick_start, tick_end } of Object.values(raw.base_windows))
    ranges.set(window_id, [tick_start, tick_end]);
  for (const id of sourcesFirst(derived)) {
    const own = derived[id]!.source_ids.map((source) => ranges.get(source)!);
    ranges.set(id, [least(own.map(([start]) => start)), greatest(own.map(([, end]) => end))]);
  }
  const windows = [
    ...Object.values(raw.base_windows).map((window) => ({ ...window, source_ids: null })),
    ...Object.values(derived),
  ].map((window): AeonWindow => {
    const [tick_start, tick_end] = ranges.get(window.window_id)!;
    const { window_id, source_ids, labels, press_window_id, parent_id } = window;
    return {
      window_id,
      tick_start,
      tick_end,
      source_ids,
      labels: labels ?? [],
      press_window_id: press_window_id ?? null,
      parent_id: parent_id ?? null,
    };
  });
  return { windows: windows.sort((a, b) => byCodeUnit(a.window_id, b.window_id)) };
}

/** Ids of derived windows in topological order: each after its derived sources. There are no cycles. */
function sourcesFirst(derived: Readonly<Record<string, DerivedWindow>>): readonly string[] {
  const order = new Set<string>();
  for (const start of Object.keys(derived)) {
    const open = [start];
    for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
      const waiting = order.has(id)
        ? []
        : derived[id]!.source_ids.filter((source) => Object.hasOwn(derived, source) && !order.has(source));
      if (waiting.length > 0) open.push(...waiting);
      else {
        order.add(id);
        open.pop();
      }
    }
  }
  return [...order];
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => (b < a ? b : a));
}

function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => (b > a ? b : a));
}
