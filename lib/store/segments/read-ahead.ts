/** Bytes read at once: the records of about fifty consecutive runs. */
const AHEAD = 256 * 1024;
/** Number of files with cached bytes. */
const KEPT = 8;
/** Number of reads ahead before their use is evaluated. */
const TRIALS = 16;

interface Window {
  readonly from: number;
  readonly bytes: Uint8Array;
}

/**
 * Reads small pieces of immutable files for callers that mostly read in order: the following bytes are
 * cached. If that proves wrong, only the requested bytes are read.
 */
export class ReadAhead {
  readonly #read: (path: string, from: number, length: number) => Uint8Array;
  readonly #windows = new Map<string, Window>();
  #reads = 0;
  #hits = 0;

  constructor(read: (path: string, from: number, length: number) => Uint8Array) {
    this.#read = read;
  }

  /** Bytes of a file; less at its end. */
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
