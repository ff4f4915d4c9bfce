import type { SessionView } from '../../batch/index.js';

/** Columns kept at most; when they are full every other one is dropped and the distance doubles. */
const COLUMNS = 512;
/** Nodes a column shows at most; of larger graphs an even selection. */
export const BOARD_ROWS = 128;
/** Milliseconds between two summaries of a run at full speed. */
const SUMMARY_MS = 20;

const WORDS = { version: 0, columns: 1, stride: 2 } as const;
const HEAD_BYTES = 16;

/** Numbers of the last tick seen, in the order they lie in memory. */
export const SUMMARY_FIELDS = [
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

/** Numbers of one column before its node values. */
export const COLUMN_FIELDS = [
  'tick',
  'sum_u',
  'max_abs_u',
  'sum_abs_flux',
  'active_edges',
  'C_t',
  's_t',
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];

/** A copy of the columns at one moment. */
export interface LiveColumns {
  /** Ticks between two columns. */
  readonly stride: number;
  readonly count: number;
  /** Values of one field, one per column. */
  field(name: ColumnField): readonly number[];
  /** Node values of one column. */
  nodes(column: number): readonly number[];
}

/** Positions of the nodes that are shown of a graph. */
export function shownNodes(nodes: number): readonly number[] {
  const rows = Math.min(nodes, BOARD_ROWS);
  return Array.from({ length: rows }, (_, row) => Math.floor((row * nodes) / rows));
}

/**
 * Shared memory in which a worker thread shows a run while it computes: numbers of the last tick and a thinned-out past. The worker
 * never waits for readers; a version number tells a reader when what it copied was torn.
 */
export class LiveBoard {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #summary: Float64Array;
  readonly #columns: Float64Array;
  readonly #shown: readonly number[];
  readonly #width: number;
  #nextSummary = 0;

  /** Wraps the memory another thread made, or makes it. */
  constructor(nodes: number, buffer?: SharedArrayBuffer) {
    this.#shown = shownNodes(nodes);
    this.#width = COLUMN_FIELDS.length + this.#shown.length;
    const summaryBytes = SUMMARY_FIELDS.length * 8;
    this.buffer = buffer ?? new SharedArrayBuffer(HEAD_BYTES + summaryBytes + COLUMNS * this.#width * 8);
    this.#words = new Int32Array(this.buffer, 0, HEAD_BYTES / 4);
    this.#summary = new Float64Array(this.buffer, HEAD_BYTES, SUMMARY_FIELDS.length);
    this.#columns = new Float64Array(this.buffer, HEAD_BYTES + summaryBytes);
    if (buffer === undefined) this.#words[WORDS.stride] = 1;
  }

  /** Worker side: takes in a tick. `now` in milliseconds of the monotonic clock; `force` when the run is about to wait or to end. */
  note(
    tick: number,
    view: () => SessionView | undefined,
    { now, force }: { readonly now: number; readonly force: boolean },
  ): void {
    const isColumn = tick > 0 && (tick - 1) % this.#words[WORDS.stride]! === 0;
    if (!isColumn && !force && now < this.#nextSummary) return;
    const seen = view();
    if (seen === undefined) return;
    this.#nextSummary = now + SUMMARY_MS;
    const numbers = measure(seen);
    Atomics.add(this.#words, WORDS.version, 1);
    SUMMARY_FIELDS.forEach((name, index) => (this.#summary[index] = numbers[name]));
    if (isColumn && tick > this.#lastColumn()) this.#push(numbers, seen.post_u);
    Atomics.add(this.#words, WORDS.version, 1);
  }

  #lastColumn(): number {
    const count = this.#words[WORDS.columns]!;
    return count === 0 ? 0 : this.#columns[(count - 1) * this.#width]!;
  }

  #push(numbers: LiveSummary, post_u: Float64Array): void {
    let count = this.#words[WORDS.columns]!;
    if (count === COLUMNS) {
      count = this.#thin();
      if ((numbers.tick - 1) % this.#words[WORDS.stride]! !== 0) return;
    }
    let at = count * this.#width;
    for (const name of COLUMN_FIELDS) this.#columns[at++] = numbers[name];
    for (const node of this.#shown) this.#columns[at++] = post_u[node]!;
    this.#words[WORDS.columns] = count + 1;
  }

  #thin(): number {
    const width = this.#width;
    for (let column = 1; column < COLUMNS / 2; column++) {
      this.#columns.copyWithin(column * width, column * 2 * width, (column * 2 + 1) * width);
    }
    this.#words[WORDS.stride]! *= 2;
    return (this.#words[WORDS.columns] = COLUMNS / 2);
  }

  /** Reader side: the numbers of the last tick shown. */
  summary(): LiveSummary {
    const copy = this.#whole(() => Array.from(this.#summary));
    return Object.fromEntries(
      SUMMARY_FIELDS.map((name, index) => [name, copy[index]!]),
    ) as unknown as LiveSummary;
  }

  /** Reader side: the past, thinned out. */
  columns(): LiveColumns {
    const width = this.#width;
    return this.#whole(() => {
      const count = this.#words[WORDS.columns]!;
      const copy = this.#columns.slice(0, count * width);
      const column = (index: number): Float64Array => copy.subarray(index * width, (index + 1) * width);
      const all = Array.from({ length: count }, (_, index) => index);
      return {
        stride: this.#words[WORDS.stride]!,
        count,
        field: (name) => all.map((index) => column(index)[COLUMN_FIELDS.indexOf(name)]!),
        nodes: (index) => Array.from(column(index).subarray(COLUMN_FIELDS.length)),
      };
    });
  }

  /** Reads again while the worker writes; what it still catches torn is only ever shown, never stored. */
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
