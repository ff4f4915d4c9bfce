import { canonicalJson, type Json } from '../../base/canonical-json.js';
import { CellNamer, type NamedCell } from './cell-name.js';
import { isList, sweepAxes, type AxisValues, type Sweep, type SweepAxis } from './sweep-axis.js';

/**
 * Expands a sweep into its cells, lazily and in linear time.
 *
 * Matrix keys, the zipped keys and the random draws multiply. `exclude` removes every combination that has all
 * the values of one of its entries. Then each `include` entry looks for combinations that agree with it in the
 * sweep's own keys: to those it adds its other values; if there is none, it is a combination of its own.
 * Combinations that come out equal are one cell.
 *
 * @param fixed values that every cell takes for varying keys, whatever the sweep gives them
 */
export function* expandCells(
  scenario: string,
  sweep: Sweep,
  fixed: ReadonlyMap<string, Json> = new Map(),
): Generator<NamedCell, void, undefined> {
  const axes = sweepAxes(sweep);
  const includes = sweep.include ?? [];
  const namer = new CellNamer(scenario, listedValues(sweep, fixed));
  const seen = new Set<string>();
  for (const values of combinations(axes, sweep)) {
    for (const [key, value] of fixed) if (values.has(key)) values.set(key, value);
    const cell = namer.name(values);
    if (seen.has(cell.name)) continue;
    seen.add(cell.name);
    yield cell;
  }
  if (seen.size === 0 && axes.length === 0 && includes.length === 0) yield namer.name(new Map());
}

/** Upper bound of the number of cells, without expanding; may be Infinity. */
export function cellBound(sweep: Sweep): number {
  const axes = sweepAxes(sweep);
  const includes = sweep.include?.length ?? 0;
  if (axes.length === 0) return Math.max(includes, 1);
  return axes.reduce((product, axis) => product * axis.points, 1) + includes;
}

function* combinations(axes: readonly SweepAxis[], sweep: Sweep): Generator<Map<string, Json>> {
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

function* product(axes: readonly SweepAxis[]): Generator<Map<string, Json>> {
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

type Entry = Readonly<Record<string, Json>>;

function splitEntry(entry: Entry, own: ReadonlySet<string>): { match: Entry; added: Entry } {
  const pairs = Object.entries(entry);
  return {
    match: Object.fromEntries(pairs.filter(([key]) => own.has(key))),
    added: Object.fromEntries(pairs.filter(([key]) => !own.has(key))),
  };
}

/**
 * Finds the entries whose every value a combination has; one look-up per distinct set of keys, not per entry.
 */
class EntryIndex {
  readonly #byKeys = new Map<string, { keys: readonly string[]; entries: Map<string, number[]> }>();

  constructor(entries: readonly Entry[]) {
    for (const [index, entry] of entries.entries()) {
      const keys = Object.keys(entry).sort();
      const id = JSON.stringify(keys);
      const group = this.#byKeys.get(id) ?? { keys, entries: new Map<string, number[]>() };
      this.#byKeys.set(id, group);
      const signature = signatureOf(keys.map((key) => entry[key]!));
      const alike = group.entries.get(signature);
      if (alike === undefined) group.entries.set(signature, [index]);
      else alike.push(index);
    }
  }

  /** Positions of the matching entries, ascending. */
  matches(values: ReadonlyMap<string, Json>): readonly number[] {
    const found: number[] = [];
    for (const { keys, entries } of this.#byKeys.values()) {
      if (!keys.every((key) => values.has(key))) continue;
      const alike = entries.get(signatureOf(keys.map((key) => values.get(key)!))) ?? [];
      for (const index of alike) found.push(index);
    }
    return found.sort((a, b) => a - b);
  }
}

function signatureOf(values: readonly Json[]): string {
  return canonicalJson(values);
}

/**
 * Every listed value of every key, for telling look-alikes apart; ranges hold only numbers, which never are.
 */
function listedValues(sweep: Sweep, fixed: ReadonlyMap<string, Json>): Map<string, Json[]> {
  const listed = new Map([...fixed].map(([key, value]) => [key, [value]]));
  const add = (key: string, values: readonly Json[]): void => {
    const known = listed.get(key);
    if (known === undefined) listed.set(key, [...values]);
    else for (const value of values) known.push(value);
  };
  const parts: readonly (Readonly<Record<string, AxisValues>> | undefined)[] = [
    sweep.matrix,
    sweep.zip,
    sweep.random?.over,
  ];
  for (const part of parts) {
    for (const [key, values] of Object.entries(part ?? {})) add(key, isList(values) ? values : []);
  }
  for (const entry of sweep.include ?? []) {
    for (const [key, value] of Object.entries(entry)) add(key, [value]);
  }
  return listed;
}
