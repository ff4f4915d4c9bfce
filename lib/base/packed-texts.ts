import { NumberColumn } from './number-column.js';
import { TextColumn } from './text-column.js';

/**
 * A set of many short texts, each stored once with about thirty bytes of overhead. Texts are numbered in
 * order of insertion.
 */
export class PackedTexts<Text extends string = string> {
  readonly #texts = new TextColumn<Text>();
  readonly #hash = new NumberColumn('int32');
  /** Hash table of text numbers plus one; 0 is an empty slot. At most half full. */
  #slots = new Int32Array(1024);

  get length(): number {
    return this.#texts.length;
  }

  /** The number of the text; adds it if it is missing. */
  add(text: Text): number {
    const hash = hashOf(text);
    const slot = this.#slotOf(text, hash);
    const known = this.#slots[slot]!;
    if (known > 0) return known - 1;
    const number = this.length;
    this.#slots[slot] = number + 1;
    this.#texts.push(text);
    this.#hash.push(hash);
    if (this.length * 2 > this.#slots.length) this.#grow();
    return number;
  }

  /** The number of the text; undefined if it is missing. */
  find(text: string): number | undefined {
    const known = this.#slots[this.#slotOf(text, hashOf(text))]!;
    return known > 0 ? known - 1 : undefined;
  }

  *[Symbol.iterator](): Generator<Text, void, undefined> {
    for (let number = 0; number < this.length; number++) yield this.at(number);
  }

  /** The text with a number. */
  at(number: number): Text {
    return this.#texts.at(number);
  }

  /** Order of two texts by code point, given by their numbers. */
  compare(a: number, b: number): number {
    return this.#texts.compare(a, b);
  }

  /** The slot of the text, or the empty slot for it. */
  #slotOf(text: string, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const known = this.#slots[slot]!;
      if (known === 0) return slot;
      if (this.#hash.at(known - 1) === hash && this.at(known - 1) === text) return slot;
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.length; number++) {
      let slot = this.#hash.at(number) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

/** FNV-1a over code units, mixed so that its low bits are as good as the others; 32 bits, signed. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  return hash ^ (hash >>> 15);
}
