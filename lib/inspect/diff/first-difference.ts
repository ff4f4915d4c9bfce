import type { ArtefactSource, RecordReader } from '../artefacts/artefact-source.js';
import type { RecordChunk } from '../artefacts/record-chunk.js';

/** The first record in which two artefacts of one kind differ; undefined on a side that has ended. */
export interface RecordDifference {
  /** Position in the artefact, from 0. */
  readonly position: number;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

/** Number of equal leading chunks of two artefacts, determined without reading any. */
export function sharedChunks(a: ArtefactSource, b: ArtefactSource): number {
  let n = 0;
  while (n < a.chunks.length && a.chunks[n]!.digest === b.chunks[n]?.digest) n++;
  return n;
}

/**
 * Finds the first differing record by bisection: chunk digests select the chunk, and its bytes are bisected.
 * Reads one chunk of either side if they have the same chunk borders. Undefined if there is no difference at
 * a tick up to `beyond`.
 */
export async function firstDifference(
  a: RecordReader,
  b: RecordReader,
  beyond = Infinity,
): Promise<RecordDifference | undefined> {
  const shared = sharedChunks(a.source, b.source);
  const before = a.source.chunks.slice(0, shared).reduce((sum, { records }) => sum + records, 0);
  const left = new Cursor(a, shared);
  const right = new Cursor(b, shared);
  for (let position = before; ;) {
    if (left.tick > beyond && right.tick > beyond) return undefined;
    const [hasLeft, hasRight] = [await left.load(), await right.load()];
    if (!hasLeft && !hasRight) return undefined;
    if (!hasLeft || !hasRight) {
      return { position, a: hasLeft ? left.text() : undefined, b: hasRight ? right.text() : undefined };
    }
    const length = Math.min(left.rest.length, right.rest.length);
    const at = firstDifferentByte(left.rest.subarray(0, length), right.rest.subarray(0, length));
    position += left.skip(at ?? length);
    right.skip(at ?? length);
    if (at !== undefined) return { position, a: left.text(), b: right.text() };
  }
}

/** A position in an artefact, always at the start of a record. */
class Cursor {
  readonly #reader: RecordReader;
  #index: number;
  #chunk: RecordChunk | undefined;
  #record = 0;

  constructor(reader: RecordReader, index: number) {
    this.#reader = reader;
    this.#index = index;
  }

  /** The smallest tick of the records from here on; Infinity at the end. */
  get tick(): number {
    return this.#reader.source.chunks[this.#index]?.first_tick ?? Infinity;
  }

  get rest(): Uint8Array {
    return this.#chunk!.bytes.subarray(this.#chunk!.start(this.#record));
  }

  /** Makes the next record readable; false at the end. */
  async load(): Promise<boolean> {
    if (this.#chunk !== undefined && this.#record === this.#chunk.count) {
      this.#index++;
      this.#record = 0;
      this.#chunk = undefined;
    }
    if (this.#index >= this.#reader.source.chunks.length) return false;
    this.#chunk ??= await this.#reader.chunk(this.#index);
    return true;
  }

  /**
   * Moves to the record that contains the byte at an offset from here; returns the number of records passed.
   */
  skip(bytes: number): number {
    const chunk = this.#chunk!;
    const target = chunk.start(this.#record) + bytes;
    const to = target === chunk.bytes.length ? chunk.count : chunk.indexAt(target);
    const passed = to - this.#record;
    this.#record = to;
    return passed;
  }

  text(): string {
    return this.#chunk!.text(this.#record);
  }
}

/** Offset of the first byte that differs; undefined if none does. The pieces have equal length. */
function firstDifferentByte(a: Uint8Array, b: Uint8Array): number | undefined {
  if (Buffer.compare(a, b) === 0) return undefined;
  let low = 0;
  let high = a.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (Buffer.compare(a.subarray(low, middle), b.subarray(low, middle)) === 0) low = middle;
    else high = middle;
  }
  return low;
}
