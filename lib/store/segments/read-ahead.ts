/** Bytes that are read at once: the records of some fifty runs, which lie one after the other. */
const AHEAD = 256 * 1024;
/** Files of which something is kept. */
const KEPT = 8;
/** Reads ahead before it counts how many of them were of use. */
const TRIALS = 16;

interface Window {
  readonly from: number;
  readonly bytes: Uint8Array;
}

/**
 * Reads small pieces of immutable files for somebody who mostly reads them in order: what comes next is there already.
 * Where that turns out wrong, only what was asked for is read.
 */
export class ReadAhead {
  readonly #read: (path: string, from: number, length: number) => Uint8Array;
  readonly #windows = new Map<string, Window>();
  #reads = 0;
  #hits = 0;

  constructor(read: (path: string, from: number, length: number) => Uint8Array) {
    this.#read = read;
  }

  /** Bytes of a file; fewer where it ends before. */
  piece(path: string, from: number, length: number): Uint8Array {
    const window = this.#windows.get(path);
    if (window !== undefined && from >= window.from) {
      const at = from - window.from;
      if (at + length <= window.bytes.length) {
        this.#hits += 1;
        return window.bytes.subarray(at, at + length);
      }
    }
    if (this.#reads >= TRIALS && this.#hits < 4 * this.#reads) return this.#read(path, from, length);
    this.#reads += 1;
    const bytes = this.#read(path, from, Math.max(length, AHEAD));
    this.#windows.delete(path);
    this.#windows.set(path, { from, bytes });
    if (this.#windows.size > KEPT) this.#windows.delete(this.#windows.keys().next().value!);
    return bytes.subarray(0, length);
  }
}
