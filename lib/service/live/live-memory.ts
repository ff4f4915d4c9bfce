import type { SessionView } from '../../session/session.js';
import { bucketWidth, TickBuckets } from './tick-buckets.js';

/** Number of buckets of past ticks. */
const BUCKETS = 512;
/** Minimum milliseconds between two publications of a run. */
const PUBLISH_MS = 20;

const WORDS = { version: 0, buckets: 1, stride: 2, nodes: 3 } as const;
const HEAD_BYTES = 16;

/** Values of the last tick, in memory order. */
const SUMMARY_FIELDS = [
  'tick',
  'C_t',
  's_t',
  'sum_u',
  'max_abs_u',
  'sum_abs_flux',
  'active_edges',
  'windows_closed',
  'envelopes',
  'ingress',
  'data',
  'egress',
] as const;
export type LiveSummary = Readonly<Record<(typeof SUMMARY_FIELDS)[number], number>>;

/** Data collected by the worker. */
interface Collected {
  readonly past: TickBuckets;
  /** State after the last tick. */
  readonly state: Float64Array;
  readonly numbers: LiveSummary;
  /** The first bucket that changed since the last publication. */
  readonly unpublished: number;
}

/** The state of every node after a tick; at tick 0 the initial state. */
export interface LiveState {
  readonly tick: number;
  /** Empty before the run has started. */
  readonly u: readonly number[];
}

/**
 * Shared memory through which a worker thread shows a running run: the last tick, and past ticks in buckets.
 * The worker reads every tick and publishes at intervals. It never waits for readers; a version number shows
 * readers whether their copy is consistent.
 */
export class LiveMemory {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #summary: Float64Array;
  readonly #state: Float64Array;
  readonly #past: Float64Array;
  readonly #nodes: number;
  #collected: Collected | undefined;
  #due = 0;

  /**
   * Wraps the memory of another thread, or allocates it.
   *
   * @param nodes maximum number of nodes of the graph
   */
  constructor(nodes: number, buffer?: SharedArrayBuffer) {
    this.#nodes = nodes;
    const past = BUCKETS * bucketWidth(nodes);
    const head = HEAD_BYTES / 8;
    const length = head + SUMMARY_FIELDS.length + nodes + past;
    this.buffer = buffer ?? new SharedArrayBuffer(length * 8);
    const numbers = new Float64Array(this.buffer);
    this.#words = new Int32Array(this.buffer, 0, HEAD_BYTES / 4);
    this.#summary = numbers.subarray(head, head + SUMMARY_FIELDS.length);
    this.#state = numbers.subarray(head + SUMMARY_FIELDS.length, length - past);
    this.#past = numbers.subarray(length - past);
    if (buffer === undefined) this.#words[WORDS.stride] = 1;
  }

  /**
   * Worker side: collects a tick. `now` in milliseconds of the monotonic clock; `force` if the run is about
   * to pause or to end.
   */
  note(
    tick: number,
    view: () => SessionView | undefined,
    { now, force }: { readonly now: number; readonly force: boolean },
  ): void {
    const collected = this.#collected;
    // A tick that faults leaves partial values in the view: only a completed tick is measured, and once.
    if (collected === undefined || tick > collected.past.lastTick) {
      const seen = view();
      if (seen === undefined) return;
      this.#collect(tick, seen);
    }
    // While every tick has its own bucket, each is published at once.
    if (force || now >= this.#due || this.#collected?.past.stride === 1) this.flush(now);
  }

  #collect(tick: number, seen: SessionView): void {
    const past = this.#collected?.past ?? new TickBuckets(this.#nodes, BUCKETS);
    const state = Float64Array.from(seen.post_u);
    const numbers = measure(seen);
    const changed = tick === 0 ? 0 : past.add(tick, numbers, state);
    const unpublished = Math.min(this.#collected?.unpublished ?? 0, changed);
    this.#collected = { past, state, numbers, unpublished };
  }

  /** Worker side: publishes everything collected. */
  flush(now = 0): void {
    if (this.#collected === undefined) return;
    const { past, state, numbers, unpublished } = this.#collected;
    this.#due = now + PUBLISH_MS;
    Atomics.add(this.#words, WORDS.version, 1);
    SUMMARY_FIELDS.forEach((name, index) => (this.#summary[index] = numbers[name]));
    this.#state.set(state);
    this.#words[WORDS.nodes] = state.length;
    const from = unpublished * past.width;
    this.#past.set(past.numbers.subarray(from, past.count * past.width), from);
    this.#words[WORDS.buckets] = past.count;
    this.#words[WORDS.stride] = past.stride;
    Atomics.add(this.#words, WORDS.version, 1);
    this.#collected = { ...this.#collected, unpublished: past.count };
  }

  /** Reader side: the values of the last published tick. */
  summary(): LiveSummary {
    const copy = this.#whole(() => Array.from(this.#summary));
    return Object.fromEntries(
      SUMMARY_FIELDS.map((name, index) => [name, copy[index]!]),
    ) as unknown as LiveSummary;
  }

  /** Reader side: the state of every node after the last published tick. */
  state(): LiveState {
    return this.#whole(() => {
      const tick = this.#summary[SUMMARY_FIELDS.indexOf('tick')]!;
      return { tick, u: Array.from(this.#state.subarray(0, this.#words[WORDS.nodes])) };
    });
  }

  /** Reader side: a copy of the past ticks. */
  past(): TickBuckets {
    return this.#whole(() => {
      const [count, stride] = [this.#words[WORDS.buckets]!, this.#words[WORDS.stride]!];
      const numbers = this.#past.slice(0, count * bucketWidth(this.#nodes));
      return new TickBuckets(this.#nodes, BUCKETS, { numbers, count, stride });
    });
  }

  /** Repeats a read that overlaps a write; a remaining inconsistent copy is only displayed, never stored. */
  #whole<T>(read: () => T): T {
    for (let attempt = 0; ; attempt++) {
      const before = Atomics.load(this.#words, WORDS.version);
      const value = read();
      const after = Atomics.load(this.#words, WORDS.version);
      if ((before === after && before % 2 === 0) || attempt === 100) return value;
    }
  }
}

function measure(view: SessionView): LiveSummary {
  const { tick, C_t, s_t, sum_u, post_u, f_e, windows_closed, envelopes } = view;
  let max_abs_u = 0;
  for (const u of post_u) if (Math.abs(u) > max_abs_u) max_abs_u = Math.abs(u);
  let sum_abs_flux = 0;
  let active_edges = 0;
  for (const flux of f_e) {
    if (flux === 0) continue;
    active_edges++;
    sum_abs_flux += Math.abs(flux);
  }
  const { total, ingress, data, egress } = envelopes;
  const numbers = { tick, C_t, s_t, sum_u, max_abs_u, sum_abs_flux, active_edges, windows_closed };
  return { ...numbers, envelopes: total, ingress, data, egress };
}
