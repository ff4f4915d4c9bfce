import type { RecordReader } from '../artefacts/artefact-source.js';
import { sharedChunks } from './first-difference.js';

/** Number of differing records, compared position by position. */
export interface DifferingRecords {
  readonly count: number;
  /** False: counting stopped at the budget, and the number is a lower bound. */
  readonly exact: boolean;
}

/**
 * Counts differing records; equal chunks are skipped by their digests, and at most `budget` bytes are read.
 */
export async function countDifferences(
  a: RecordReader,
  b: RecordReader,
  budget: number,
): Promise<DifferingRecords> {
  const shared = sharedChunks(a.source, b.source);
  const left = new Lines(a, shared);
  const right = new Lines(b, shared);
  let count = 0;
  for (;;) {
    if (left.digest !== undefined && left.digest === right.digest) {
      left.nextChunk();
      right.nextChunk();
      continue;
    }
    if (left.read + right.read > budget) return { count, exact: false };
    const [x, y] = [await left.next(), await right.next()];
    if (x === undefined && y === undefined) return { count, exact: true };
    if (x === undefined || y === undefined || Buffer.compare(x, y) !== 0) count++;
  }
}

class Lines {
  readonly #reader: RecordReader;
  #index: number;
  #record = 0;
  /** Bytes of the chunks opened so far. */
  read = 0;

  constructor(reader: RecordReader, index: number) {
    this.#reader = reader;
    this.#index = index;
  }

  /** Digest of the chunk that starts here; undefined in the middle of a chunk and at the end. */
  get digest(): string | undefined {
    return this.#record === 0 ? this.#reader.source.chunks[this.#index]?.digest : undefined;
  }

  nextChunk(): void {
    this.#index++;
    this.#record = 0;
  }

  async next(): Promise<Uint8Array | undefined> {
    const entry = this.#reader.source.chunks[this.#index];
    if (entry === undefined) return undefined;
    const chunk = await this.#reader.chunk(this.#index);
    if (this.#record === 0) this.read += entry.size;
    const line = chunk.line(this.#record++);
    if (this.#record >= chunk.count) this.nextChunk();
    return line;
  }
}
