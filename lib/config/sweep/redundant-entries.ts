/** An entry that can be removed, and the number of sets that contain it. */
export interface RedundantEntry {
  readonly index: number;
  readonly sets: number;
}

/**
 * Finds, in sets of entries, the entries that every set can lose. Uses eight bytes for each member of a set
 * and no objects: there may be millions.
 */
export class RedundantEntries {
  readonly #count: number;
  #members: Int32Array = new Int32Array(1024);
  #used = 0;
  /** End of each set. */
  #ends: Int32Array = new Int32Array(256);
  #sets = 0;

  /** @param count number of entries; sets contain their positions */
  constructor(count: number) {
    this.#count = count;
  }

  add(set: readonly number[]): void {
    while (this.#used + set.length > this.#members.length) this.#members = doubled(this.#members);
    this.#members.set(set, this.#used);
    this.#used += set.length;
    if (this.#sets === this.#ends.length) this.#ends = doubled(this.#ends);
    this.#ends[this.#sets++] = this.#used;
  }

  /** Entries without which every set still has one, ascending; of interchangeable entries the later one. */
  redundant(): RedundantEntry[] {
    const left = Int32Array.from({ length: this.#sets }, (_, set) => this.#ends[set]! - this.#startOf(set));
    const { starts, sets } = this.#setsByEntry();
    const redundant: RedundantEntry[] = [];
    for (let index = this.#count - 1; index >= 0; index--) {
      const own = sets.subarray(starts[index], starts[index + 1]);
      if (own.some((set) => left[set] === 1)) continue;
      for (const set of own) left[set]!--;
      redundant.push({ index, sets: own.length });
    }
    return redundant.reverse();
  }

  #startOf(set: number): number {
    return set === 0 ? 0 : this.#ends[set - 1]!;
  }

  /** The sets of all entries in sequence, and the start of those of each entry. */
  #setsByEntry(): { readonly starts: Int32Array; readonly sets: Int32Array } {
    const starts = new Int32Array(this.#count + 1);
    for (let at = 0; at < this.#used; at++) starts[this.#members[at]! + 1]!++;
    for (let index = 0; index < this.#count; index++) starts[index + 1]! += starts[index]!;
    const next = starts.slice();
    const sets = new Int32Array(this.#used);
    for (let set = 0; set < this.#sets; set++) {
      for (let at = this.#startOf(set); at < this.#ends[set]!; at++) sets[next[this.#members[at]!]!++] = set;
    }
    return { starts, sets };
  }
}

function doubled(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
