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
  /** Number of edges at its ticks: the number of du values, and of f_e values after them. */
  readonly edges: number;
  readonly offset: number;
  readonly block: number;
  count: number;
  readonly first: number;
  last: number;
}

const BLOCK_VALUES = 1 << 16;

/**
 * Groups ticks by signature. Memory grows only with distinct signatures: their values are packed in typed
 * arrays and found by digest.
 */
export class SignatureLibrary {
  readonly #groups: Group[] = [];
  readonly #byDigest = new Map<string, Group>();
  readonly #blocks: Float64Array[] = [];
  #used = 0;
  #scratch = new Float64Array(0);
  #scratchBytes = new Uint8Array(0);

  /** Counts the kernel's current tick. */
  observe(tick: number, kernel: UmxKernel): void {
    const { edges } = kernel;
    if (this.#scratch.length !== edges * 2) {
      this.#scratch = new Float64Array(edges * 2);
      this.#scratchBytes = new Uint8Array(this.#scratch.buffer);
    }
    this.#scratch.set(kernel.du, 0);
    this.#scratch.set(kernel.f_e, edges);
    const digest = createHash('sha256').update(this.#scratchBytes).digest('base64');
    const known = this.#byDigest.get(digest);
    if (known) {
      known.count++;
      known.last = tick;
      return;
    }
    const group: Group = { edges, ...this.#keep(), count: 1, first: tick, last: tick };
    this.#groups.push(group);
    this.#byDigest.set(digest, group);
  }

  get size(): number {
    return this.#groups.length;
  }

  /** Groups in ascending lexicographic order of the du list, then the f_e list; a shorter prefix comes first. */
  *sorted(): Generator<SignatureGroup> {
    const order = this.#groups.map((group) => this.#values(group));
    order.sort((a, b) => compareLists(a.du, b.du) || compareLists(a.f_e, b.f_e));
    yield* order;
  }

  #values({ edges, block, offset, count, first, last }: Group): SignatureGroup {
    const values = this.#blocks[block]!.subarray(offset, offset + edges * 2);
    return {
      du: values.subarray(0, edges),
      f_e: values.subarray(edges),
      count,
      first_tick: first,
      last_tick: last,
    };
  }

  #keep(): { block: number; offset: number } {
    const width = this.#scratch.length;
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

function compareLists(a: Float64Array, b: Float64Array): number {
  const shared = Math.min(a.length, b.length);
  for (let n = 0; n < shared; n++) {
    const d = a[n]! - b[n]!;
    if (d !== 0) return d;
  }
  return a.length - b.length;
}
