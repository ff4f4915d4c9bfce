import { canonicalJson, type Json } from '../../base/canonical-json.js';

/** An entry of exclude or include: values by key. */
export type Entry = Readonly<Record<string, Json>>;

/** The entries with the same set of keys. */
interface Group {
  readonly keys: readonly string[];
  /** Positions of the entries by their values, ascending. */
  readonly entries: Map<string, number[]>;
}

/**
 * Finds the entries whose values are all in a combination; one lookup per distinct set of keys, not per
 * entry.
 */
export class EntryIndex {
  readonly #byKeys = new Map<string, Group>();
  readonly #values = new ValueTexts();

  constructor(entries: readonly Entry[]) {
    for (const [index, entry] of entries.entries()) {
      const keys = Object.keys(entry).sort();
      const id = JSON.stringify(keys);
      const group = this.#byKeys.get(id) ?? { keys, entries: new Map<string, number[]>() };
      this.#byKeys.set(id, group);
      const signature = this.#values.join(keys.map((key) => entry[key]!));
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
      const alike = entries.get(this.#values.join(keys.map((key) => values.get(key)!))) ?? [];
      for (const index of alike) found.push(index);
    }
    return found.sort((a, b) => a - b);
  }

  /** Maximum steps of `matches`: a lookup for each set of keys, and the entries it may find. */
  steps(costOf: (index: number) => number): number {
    let steps = 0;
    for (const { entries } of this.#byKeys.values()) {
      let most = 1;
      for (const alike of entries.values()) {
        const found = alike.reduce((sum, index) => sum + costOf(index), 0);
        if (found > most) most = found;
      }
      steps += most;
    }
    return steps;
  }
}

/**
 * Short texts for values, equal for equal values: a list is serialised once, even if many combinations have
 * it.
 */
export class ValueTexts {
  readonly #numbers = new Map<string, string>();
  readonly #lists = new WeakMap<object, string>();

  join(values: readonly Json[]): string {
    return values.map((value) => this.#textOf(value)).join(' ');
  }

  #textOf(value: Json): string {
    if (typeof value === 'string') return this.#numbered(`"${value}`);
    if (typeof value !== 'object' || value === null) return String(value);
    let text = this.#lists.get(value);
    if (text === undefined) this.#lists.set(value, (text = this.#numbered(canonicalJson(value))));
    return text;
  }

  #numbered(long: string): string {
    let text = this.#numbers.get(long);
    if (text === undefined) this.#numbers.set(long, (text = `#${String(this.#numbers.size)}`));
    return text;
  }
}

/** A text that is equal for two lists of values only if the lists are equal. */
export function signatureOf(values: readonly Json[]): string {
  return canonicalJson(values);
}
