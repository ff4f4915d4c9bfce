import { createHash } from 'node:crypto';
import type { UmxKernel } from '../umx/kernel.js';

/** A group of ticks with the same (du, f_e) signature. */
export interface SignatureGroup {
  readonly du: Float64Array;
  readonly f_e: Float64Array;
  readonly count: number;
  readonly first_tick: number;
  readonly last_tick: number;
}

interface Group {
  readonly offset: number;
  readonly block: number;
  count: number;
  readonly first: number;
  last: number;
}

const BLOCK_VALUES = 1 << 16;

/**
 * Groups ticks by signature. Memory grows with distinct signatures only: their values lie packed in typed arrays,
 * found by digest.
 */
export class SignatureLibrary {
  readonly #edges: number;
  readonly #groups: Group[] = [];
  readonly #byDigest = new Map<string, Group>();
  readonly #blocks: Float64Array[] = [];
  #used = 0;
  readonly #scratch: Float64Array;
  readonly #scratchBytes: Uint8Array;

  constructor(edges: number) {
    this.#edges = edges;
    this.#scratch = new Float64Array(edges * 2);
    this.#scratchBytes = new Uint8Array(this.#scratch.buffer);
  }

  /** Counts the kernel's current tick. */
  observe(tick: number, kernel: UmxKernel): void {
    this.#scratch.set(kernel.du, 0);
    this.#scratch.set(kernel.f_e, this.#edges);
    const digest = createHash('sha256').update(this.#scratchBytes).digest('base64');
    const known = this.#byDigest.get(digest);
    if (known) {
      known.count++;
      known.last = tick;
      return;
    }
    const group: Group = { ...this.#keep(), count: 1, first: tick, last: tick };
    this.#groups.push(group);
    this.#byDigest.set(digest, group);
  }

  get size(): number {
    return this.#groups.length;
  }

  /** Groups in ascending lexicographic order of the du list, then the f_e list. */
  *sorted(): Generator<SignatureGroup> {
    const width = this.#edges * 2;
    const order = [...this.#groups].sort((a, b) => {
      const x = this.#blocks[a.block]!;
      const y = this.#blocks[b.block]!;
      for (let n = 0; n < width; n++) {
        const d = x[a.offset + n]! - y[b.offset + n]!;
        if (d !== 0) return d;
      }
      return 0;
    });
    for (const { block, offset, count, first, last } of order) {
      const values = this.#blocks[block]!.subarray(offset, offset + width);
      yield {
        du: values.subarray(0, this.#edges),
        f_e: values.subarray(this.#edges),
        count,
        first_tick: first,
        last_tick: last,
      };
    }
  }

  #keep(): { block: number; offset: number } {
    const width = this.#edges * 2;
    if (this.#blocks.length === 0 || this.#used + width > this.#blocks.at(-1)!.length) {
      this.#blocks.push(new Float64Array(Math.max(BLOCK_VALUES, width)));
      this.#used = 0;
    }
    const offset = this.#used;
    this.#blocks.at(-1)!.set(this.#scratch, offset);
    this.#used += width;
    return { block: this.#blocks.length - 1, offset };
  }
}
