import { Latest } from '../../base/derived.js';
import type { RunConfig } from '../inputs.js';

const latest = new Latest<readonly [RunConfig['windows'], string], TickWindows>();

/**
 * Which window a tick belongs to (section 6): the primary one if it contains the tick, else the first declared one
 * that does. Built once as ascending segments, then walked.
 */
export class TickWindows {
  /** Ascending first ticks of segments, and the window position of each segment. */
  readonly #starts: readonly number[];
  readonly #windows: readonly number[];

  /** The windows of a run; runs of a sweep share them. */
  static of(run: RunConfig): TickWindows {
    return latest.of([run.windows, run.primary_window_id], () => new TickWindows(run));
  }

  constructor(run: RunConfig) {
    const rank = ranks(run);
    const edges = run.windows.flatMap((w, index) => [
      { tick: w.start_tick, index, opens: true },
      { tick: w.end_tick + 1, index, opens: false },
    ]);
    edges.sort((a, b) => a.tick - b.tick);
    const open = new MinRank(rank);
    const starts: number[] = [];
    const windows: number[] = [];
    for (let n = 0; n < edges.length;) {
      const { tick } = edges[n]!;
      for (; n < edges.length && edges[n]!.tick === tick; n++) {
        if (edges[n]!.opens) open.add(edges[n]!.index);
        else open.remove(edges[n]!.index);
      }
      const best = open.best();
      if (best === undefined || best === windows.at(-1)) continue;
      starts.push(tick);
      windows.push(best);
    }
    this.#starts = starts;
    this.#windows = windows;
  }

  /** Window position of a tick in [1, ticks]; the resolver guarantees that every tick has one. */
  at(tick: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= tick) low = middle;
      else high = middle - 1;
    }
    return this.#windows[low]!;
  }
}

/** The primary window first, then declared order. */
function ranks(run: RunConfig): Int32Array {
  const rank = new Int32Array(run.windows.length);
  run.windows.forEach((w, index) => (rank[index] = w.window_id === run.primary_window_id ? 0 : index + 1));
  return rank;
}

/** Member with the smallest rank in a changing set: a binary heap that drops removed members lazily. */
class MinRank {
  readonly #rank: Int32Array;
  readonly #heap: number[] = [];
  readonly #removed = new Set<number>();

  constructor(rank: Int32Array) {
    this.#rank = rank;
  }

  add(index: number): void {
    const heap = this.#heap;
    let at = heap.push(index) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#rank[heap[parent]!]! <= this.#rank[index]!) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = index;
  }

  remove(index: number): void {
    this.#removed.add(index);
  }

  best(): number | undefined {
    while (this.#heap.length > 0 && this.#removed.has(this.#heap[0]!)) this.#pop();
    return this.#heap[0];
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#rank[heap[child + 1]!]! < this.#rank[heap[child]!]!) child++;
      if (this.#rank[heap[child]!]! >= this.#rank[last]!) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}
