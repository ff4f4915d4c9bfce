/** Values of a tick that are collected as series. */
export const SERIES_FIELDS = ['sum_u', 'max_abs_u', 'sum_abs_flux', 'active_edges', 'C_t', 's_t'] as const;
export type SeriesField = (typeof SERIES_FIELDS)[number];

/** Maximum rows of a state matrix; adjacent nodes of larger graphs share a row. */
const MOST_ROWS = 128;

/** Values of one tick; a field that was not measured is NaN. */
export type TickNumbers = Readonly<Record<SeriesField, number>>;

/** A value and its tick. */
export interface TickValue {
  readonly tick: number;
  readonly value: number;
}

/** Offsets within one bucket: its ticks, six numbers for each field, then four rows of state. */
const FIRST_TICK = 0;
const LAST_TICK = 1;
const FIELDS = 2;
const FIRST = 0;
const LAST = 1;
const LEAST = 2;
const LEAST_TICK = 3;
const MOST = 4;
const MOST_TICK = 5;
const FIELD_WIDTH = 6;
const STATE = FIELDS + FIELD_WIDTH * SERIES_FIELDS.length;

/** Size of one bucket, in numbers, for a graph with `nodes` nodes. */
export function bucketWidth(nodes: number): number {
  return STATE + 4 * Math.min(nodes, MOST_ROWS);
}

/**
 * Past ticks of a run in a bounded number of buckets, each with the same number of ticks; the last one may
 * have fewer. A bucket has the minimum and maximum of each field with their ticks, and the minimum, maximum
 * and sum of each row of the state, so that no extreme is lost; for a growing graph, a row only counts the
 * ticks at which its nodes exist. When the buckets are full, adjacent buckets are merged and the stride
 * doubles. All data is in one array of numbers, which threads can share.
 */
export class TickBuckets {
  readonly rows: number;
  readonly nodes: number;
  readonly capacity: number;
  readonly numbers: Float64Array;
  #count = 0;
  #stride: number;

  /** `numbers`, `count` and `stride` continue the data of another thread. */
  constructor(
    nodes: number,
    capacity: number,
    from: {
      readonly numbers?: Float64Array;
      readonly count?: number;
      readonly stride?: number;
    } = {},
  ) {
    this.nodes = nodes;
    this.rows = Math.min(nodes, MOST_ROWS);
    this.capacity = capacity;
    this.numbers = from.numbers ?? new Float64Array(capacity * this.width);
    this.#count = from.count ?? 0;
    this.#stride = from.stride ?? 1;
  }

  get width(): number {
    return bucketWidth(this.nodes);
  }

  /** Ticks per bucket. */
  get stride(): number {
    return this.#stride;
  }

  /** Buckets in use. */
  get count(): number {
    return this.#count;
  }

  /** The first and the last tick of a bucket. */
  ticks(bucket: number): { readonly first: number; readonly last: number } {
    const at = bucket * this.width;
    return { first: this.numbers[at + FIRST_TICK]!, last: this.numbers[at + LAST_TICK]! };
  }

  /** The last added tick; 0 before any. */
  get lastTick(): number {
    return this.#count === 0 ? 0 : this.ticks(this.#count - 1).last;
  }

  /** First, minimum, maximum and last value of a field over adjacent buckets. */
  extremes(
    field: SeriesField,
    from: number,
    to: number,
  ): Readonly<Record<'first' | 'least' | 'most' | 'last', TickValue>> {
    const offset = FIELDS + FIELD_WIDTH * SERIES_FIELDS.indexOf(field);
    const start = from * this.width;
    const end = (to - 1) * this.width;
    let [least, most] = [start, start];
    for (let at = start + this.width; at <= end; at += this.width) {
      if (this.numbers[at + offset + LEAST]! < this.numbers[least + offset + LEAST]!) least = at;
      if (this.numbers[at + offset + MOST]! > this.numbers[most + offset + MOST]!) most = at;
    }
    const pair = (at: number, tick: number, value: number): TickValue => ({
      tick: this.numbers[at + tick]!,
      value: this.numbers[at + value]!,
    });
    return {
      first: pair(start, FIRST_TICK, offset + FIRST),
      least: pair(least, offset + LEAST_TICK, offset + LEAST),
      most: pair(most, offset + MOST_TICK, offset + MOST),
      last: pair(end, LAST_TICK, offset + LAST),
    };
  }

  /**
   * Minimum, maximum and mean of every row of the state over adjacent buckets; null if it has no node then.
   */
  state(from: number, to: number): Readonly<Record<'least' | 'most' | 'mean', readonly (number | null)[]>> {
    const { rows } = this;
    const least = Array.from({ length: rows }, () => Infinity);
    const most = Array.from({ length: rows }, () => -Infinity);
    const sum = Array.from({ length: rows }, () => 0);
    const samples = Array.from({ length: rows }, () => 0);
    for (let bucket = from; bucket < to; bucket++) {
      const at = bucket * this.width + STATE;
      for (let row = 0; row < rows; row++) {
        least[row] = Math.min(least[row]!, this.numbers[at + row]!);
        most[row] = Math.max(most[row]!, this.numbers[at + rows + row]!);
        sum[row]! += this.numbers[at + 2 * rows + row]!;
        samples[row]! += this.numbers[at + 3 * rows + row]!;
      }
    }
    const known = (values: readonly number[]): (number | null)[] =>
      values.map((value, row) => (samples[row] === 0 ? null : value));
    return {
      least: known(least),
      most: known(most),
      mean: known(sum.map((total, row) => total / samples[row]!)),
    };
  }

  /** Positions of the nodes of a row. */
  nodesOf(row: number): { readonly first: number; readonly length: number } {
    const first = Math.floor((row * this.nodes) / this.rows);
    return { first, length: Math.floor(((row + 1) * this.nodes) / this.rows) - first };
  }

  /**
   * Adds a tick later than all before. Returns the first bucket that changed. Nodes that are not in `state`
   * leave their rows unchanged.
   */
  add(tick: number, values: TickNumbers, state: ArrayLike<number>): number {
    const mustFold = !this.#covers(tick) && this.#count === this.capacity;
    if (mustFold) this.#fold();
    if (!this.#covers(tick)) this.#open(tick);
    this.#include(tick, values, state);
    return mustFold ? 0 : this.#count - 1;
  }

  /** True if a tick belongs to the last bucket. */
  #covers(tick: number): boolean {
    return this.#count > 0 && tick < this.ticks(this.#count - 1).first + this.#stride;
  }

  #open(tick: number): void {
    const at = this.#count++ * this.width;
    const { numbers, rows } = this;
    numbers[at + FIRST_TICK] = tick;
    for (let field = 0; field < SERIES_FIELDS.length; field++) {
      const offset = at + FIELDS + field * FIELD_WIDTH;
      numbers[offset + FIRST] = NaN;
      numbers[offset + LEAST] = Infinity;
      numbers[offset + MOST] = -Infinity;
    }
    const state = at + STATE;
    numbers.fill(Infinity, state, state + rows);
    numbers.fill(-Infinity, state + rows, state + 2 * rows);
    numbers.fill(0, state + 2 * rows, state + 4 * rows);
  }

  #include(tick: number, values: TickNumbers, state: ArrayLike<number>): void {
    const { numbers } = this;
    const at = (this.#count - 1) * this.width;
    numbers[at + LAST_TICK] = tick;
    for (let field = 0; field < SERIES_FIELDS.length; field++) {
      const value = values[SERIES_FIELDS[field]!];
      const offset = at + FIELDS + field * FIELD_WIDTH;
      if (numbers[at + FIRST_TICK] === tick) numbers[offset + FIRST] = value;
      numbers[offset + LAST] = value;
      if (value < numbers[offset + LEAST]!) this.#put(offset + LEAST, value, tick);
      if (value > numbers[offset + MOST]!) this.#put(offset + MOST, value, tick);
    }
    this.#includeState(at + STATE, state);
  }

  #includeState(at: number, state: ArrayLike<number>): void {
    const { numbers, rows, nodes } = this;
    let node = 0;
    for (let row = 0; row < rows; row++) {
      const end = Math.min(Math.floor(((row + 1) * nodes) / rows), state.length);
      numbers[at + 3 * rows + row]! += Math.max(0, end - node);
      for (; node < end; node++) {
        const value = state[node]!;
        if (value < numbers[at + row]!) numbers[at + row] = value;
        if (value > numbers[at + rows + row]!) numbers[at + rows + row] = value;
        numbers[at + 2 * rows + row]! += value;
      }
    }
  }

  #put(at: number, value: number, tick: number): void {
    this.numbers[at] = value;
    this.numbers[at + 1] = tick;
  }

  /** Merges adjacent buckets, so that half of them are free again. */
  #fold(): void {
    const { width } = this;
    const count = Math.ceil(this.#count / 2);
    for (let bucket = 0; bucket < count; bucket++) {
      this.numbers.copyWithin(bucket * width, 2 * bucket * width, (2 * bucket + 1) * width);
      if (2 * bucket + 1 < this.#count) this.#merge(bucket, 2 * bucket + 1);
    }
    this.#count = count;
    this.#stride *= 2;
  }

  /** Adds a bucket to an earlier one. */
  #merge(into: number, other: number): void {
    const { numbers, rows, width } = this;
    const [a, b] = [into * width, other * width];
    numbers[a + LAST_TICK] = numbers[b + LAST_TICK]!;
    for (let offset = FIELDS; offset < STATE; offset += FIELD_WIDTH) {
      numbers[a + offset + LAST] = numbers[b + offset + LAST]!;
      if (numbers[b + offset + LEAST]! < numbers[a + offset + LEAST]!)
        this.#put(a + offset + LEAST, numbers[b + offset + LEAST]!, numbers[b + offset + LEAST_TICK]!);
      if (numbers[b + offset + MOST]! > numbers[a + offset + MOST]!)
        this.#put(a + offset + MOST, numbers[b + offset + MOST]!, numbers[b + offset + MOST_TICK]!);
    }
    for (let row = STATE; row < STATE + rows; row++) {
      numbers[a + row] = Math.min(numbers[a + row]!, numbers[b + row]!);
      numbers[a + row + rows] = Math.max(numbers[a + row + rows]!, numbers[b + row + rows]!);
      numbers[a + row + 2 * rows]! += numbers[b + row + 2 * rows]!;
      numbers[a + row + 3 * rows]! += numbers[b + row + 3 * rows]!;
    }
  }
}
