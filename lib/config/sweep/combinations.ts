import type { Json } from '../../base/canonical-json.js';
import { EntryIndex, type Entry } from './entry-index.js';
import { sweepAxes, type Sweep, type SweepAxis } from './sweep-axis.js';

/** False if the scenario is a single run of its documents. */
export function isSwept(sweep: Sweep): boolean {
  return sweepAxes(sweep).length > 0 || (sweep.include?.length ?? 0) > 0;
}

/** Upper bound of the number of cells, without expanding; may be Infinity. */
export function cellBound(sweep: Sweep): number {
  const axes = sweepAxes(sweep);
  const includes = sweep.include?.length ?? 0;
  if (axes.length === 0) return Math.max(includes, 1);
  return axes.reduce((product, axis) => product * axis.points, 1) + includes;
}

/**
 * The combinations of values of a sweep, lazily and in linear time; none if nothing varies.
 *
 * Matrix keys, the zipped keys and the random draws multiply. `exclude` removes every combination that has
 * all the values of one of its entries. Then each `include` entry matches combinations that have the same
 * values in the keys of the sweep: its other values are added to those; if there is none, it becomes a
 * combination.
 */
export function* combinations(sweep: Sweep): Generator<Map<string, Json>> {
  const axes = sweepAxes(sweep);
  const own = new Set(axes.flatMap((axis) => axis.keys));
  const excluded = new EntryIndex(sweep.exclude ?? []);
  const entries = (sweep.include ?? []).map((entry) => splitEntry(entry, own));
  const additions = new EntryIndex(entries.map((entry) => entry.match));
  const used = new Set<number>();
  for (const values of axes.length === 0 ? [] : product(axes)) {
    if (excluded.matches(values).length > 0) continue;
    for (const index of additions.matches(values)) {
      used.add(index);
      for (const [key, value] of Object.entries(entries[index]!.added)) values.set(key, value);
    }
    yield values;
  }
  for (const [index, entry] of entries.entries()) {
    if (!used.has(index)) yield new Map(Object.entries({ ...entry.match, ...entry.added }));
  }
}

/** Every combination of the points of the axes, before anything is excluded or included. */
export function* product(axes: readonly SweepAxis[]): Generator<Map<string, Json>> {
  if (axes.some((axis) => axis.points < 1)) return;
  const at = axes.map(() => 0);
  for (;;) {
    const values = new Map<string, Json>();
    for (const [a, axis] of axes.entries()) {
      for (const [k, key] of axis.keys.entries()) values.set(key, axis.value(k, at[a]!));
    }
    yield values;
    let a = axes.length - 1;
    while (a >= 0 && ++at[a]! >= axes[a]!.points) at[a--] = 0;
    if (a < 0) return;
  }
}

/** Splits an included entry into the part that matches combinations, and the part that is added. */
export function splitEntry(entry: Entry, own: ReadonlySet<string>): { match: Entry; added: Entry } {
  const pairs = Object.entries(entry);
  return {
    match: Object.fromEntries(pairs.filter(([key]) => own.has(key))),
    added: Object.fromEntries(pairs.filter(([key]) => !own.has(key))),
  };
}
