import type { Json } from '../../base/canonical-json.js';
import { product, splitEntry } from './combinations.js';
import { EntryIndex, signatureOf, ValueTexts, type Entry } from './entry-index.js';
import { RedundantEntries } from './redundant-entries.js';
import { sweepAxes, type Sweep, type SweepAxis } from './sweep-axis.js';

/** An entry without effect, and why: it matches no combination, or other entries already have its effect. */
export interface IdleEntry {
  readonly index: number;
  readonly why: 'matches nothing' | 'done already';
}

interface RepeatedPoint {
  readonly point: number;
  readonly first: number;
}

/**
 * Entries of a sweep without effect on its cells; positions are those in the manifest. Equal draws are
 * chance, not a mistake, and are one cell.
 */
export interface IdleEntries {
  readonly exclude: readonly IdleEntry[];
  readonly include: readonly IdleEntry[];
  /** Points of the zipped axes that repeat an earlier one. */
  readonly zip: readonly RepeatedPoint[];
}

/** Expands the sweep once; call it only for sweeps within the cell limit of a batch. */
export function idleEntries(sweep: Sweep): IdleEntries {
  const axes = sweepAxes(sweep);
  const own = new Set(axes.flatMap((axis) => axis.keys));
  const excluding = new Exclusions(sweep.exclude ?? []);
  const including = new Inclusions(sweep.include ?? [], own);
  const hasEntries = (sweep.exclude ?? []).length + (sweep.include ?? []).length > 0;
  for (const values of axes.length === 0 || !hasEntries ? [] : product(axes)) {
    if (!excluding.takes(values)) including.take(values);
  }
  const zipped = sweep.zip === undefined ? [] : sweepAxes({ zip: sweep.zip });
  return { exclude: excluding.idle(), include: including.idle(), zip: zipped.flatMap(repeatedPoints) };
}

/** The combinations that each exclusion matches. */
class Exclusions {
  readonly #index: EntryIndex;
  readonly #entries: RedundantEntries;

  constructor(entries: readonly Entry[]) {
    this.#index = new EntryIndex(entries);
    this.#entries = new RedundantEntries(entries.length);
  }

  takes(values: ReadonlyMap<string, Json>): boolean {
    const matches = this.#index.matches(values);
    if (matches.length > 0) this.#entries.add(matches);
    return matches.length > 0;
  }

  /** Entries that can be removed without changing the combinations; of equal entries the later one. */
  idle(): IdleEntry[] {
    const redundant = this.#entries.redundant();
    return redundant.map(({ index, sets }) => ({
      index,
      why: sets === 0 ? 'matches nothing' : 'done already',
    }));
  }
}

/** Included entries that add a value or a combination. */
class Inclusions {
  readonly #entries: readonly { readonly match: Entry; readonly added: Entry }[];
  readonly #index: EntryIndex;
  readonly #texts = new ValueTexts();
  readonly #used = new Set<number>();
  readonly #effective = new Set<number>();

  constructor(entries: readonly Entry[], own: ReadonlySet<string>) {
    this.#entries = entries.map((entry) => splitEntry(entry, own));
    this.#index = new EntryIndex(this.#entries.map(({ match }) => match));
  }

  take(values: Map<string, Json>): void {
    const writers = new Map<string, number>();
    for (const index of this.#index.matches(values)) {
      this.#used.add(index);
      for (const [key, value] of Object.entries(this.#entries[index]!.added)) {
        const before = values.get(key);
        if (before !== undefined && this.#texts.join([before]) === this.#texts.join([value])) continue;
        values.set(key, value);
        writers.set(key, index);
      }
    }
    for (const index of writers.values()) this.#effective.add(index);
  }

  idle(): IdleEntry[] {
    const idle: IdleEntry[] = [];
    // None can be a combination of the sweep itself: it would have matched.
    const cells = new Set<string>();
    for (const [index, { match, added }] of this.#entries.entries()) {
      if (this.#used.has(index)) {
        if (!this.#effective.has(index)) idle.push({ index, why: 'done already' });
        continue;
      }
      const cell = cellText(new Map(Object.entries({ ...match, ...added })));
      if (cells.has(cell)) idle.push({ index, why: 'done already' });
      cells.add(cell);
    }
    return idle;
  }
}

function cellText(values: ReadonlyMap<string, Json>): string {
  const keys = [...values.keys()].sort();
  return signatureOf([keys, keys.map((key) => values.get(key)!)]);
}

function repeatedPoints(axis: SweepAxis): RepeatedPoint[] {
  const firsts = new Map<string, number>();
  const repeated: RepeatedPoint[] = [];
  for (let point = 0; point < axis.points; point++) {
    const text = signatureOf(axis.keys.map((_, key) => axis.value(key, point)));
    const first = firsts.get(text);
    if (first === undefined) firsts.set(text, point);
    else repeated.push({ point, first });
  }
  return repeated;
}
