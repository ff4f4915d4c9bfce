import type { TickLedger } from '../../engine/umx/records.js';

/** Minimum and maximum of one curve in one column. */
export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** Minimum and maximum of a count. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/** Maximum number of rows of the heat map; more nodes share rows. */
const MAX_ROWS = 96;

/**
 * Aggregates ticks into at most as many columns as there are pixels, so that a run of any length takes the
 * same memory. Column 0 starts with the state before tick 1. If columns share ticks, the first and the last
 * tick have their own columns, so that both ends are exact.
 */
export class TickColumns {
  readonly columns: number;
  readonly rows: number;
  readonly #nodes: number;
  readonly #ticks: number;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  /** Curves after the rows: sum of |flux|, sum of state. */
  static readonly EXTRA = 2;

  constructor(nodes: number, ticks: number, pixels: number) {
    this.#nodes = nodes;
    this.#ticks = ticks;
    this.columns = Math.min(ticks + 1, pixels);
    this.rows = Math.min(nodes, MAX_ROWS);
    const cells = (this.rows + TickColumns.EXTRA) * this.columns;
    this.#low = new Float64Array(cells).fill(Infinity);
    this.#high = new Float64Array(cells).fill(-Infinity);
  }

  add(ledger: TickLedger): void {
    if (ledger.tick === 1) {
      this.#state(0, ledger.pre_u);
      this.#put(this.rows + 1, 0, ledger.sum_pre_u);
    }
    this.#state(ledger.tick, ledger.post_u);
    const flux = ledger.edges.reduce((sum, { f_e }) => sum + Math.abs(f_e), 0);
    this.#put(this.rows, ledger.tick, flux);
    this.#put(this.rows + 1, ledger.tick, ledger.sum_post_u);
  }

  /** Extents of a row, column by column; undefined if nothing was added. Rows from 0 are nodes, in order. */
  curve(row: number): readonly (Extent | undefined)[] {
    return Array.from({ length: this.columns }, (_, column) => {
      const cell = row * this.columns + column;
      const low = this.#low[cell]!;
      return low === Infinity ? undefined : { low, high: this.#high[cell]! };
    });
  }

  /** Node numbers of a row, from 1, inclusive. */
  nodesOf(row: number): { readonly first: number; readonly last: number } {
    const first = Math.ceil((row * this.#nodes) / this.rows) + 1;
    return { first, last: Math.ceil(((row + 1) * this.#nodes) / this.rows) };
  }

  /** The first tick of a column. */
  tickOf(column: number): number {
    if (!this.#isThinned || column === 0) return column;
    if (column === this.columns - 1) return this.#ticks;
    return Math.ceil(((column - 1) * (this.#ticks - 1)) / (this.columns - 2)) + 1;
  }

  /** Number of ticks in a column between the ends, as a range; 1 if every tick has its own column. */
  get ticksPerColumn(): Span {
    if (!this.#isThinned) return { least: 1, most: 1 };
    return sharedBy(this.#ticks - 1, this.columns - 2);
  }

  /** Number of nodes in a row, as a range. */
  get nodesPerRow(): Span {
    return sharedBy(this.#nodes, this.rows);
  }

  get #isThinned(): boolean {
    return this.columns <= this.#ticks;
  }

  #columnOf(tick: number): number {
    if (!this.#isThinned || tick === 0) return tick;
    if (tick === this.#ticks) return this.columns - 1;
    return Math.floor(((tick - 1) * (this.columns - 2)) / (this.#ticks - 1)) + 1;
  }

  #state(tick: number, values: readonly number[]): void {
    values.forEach((value, n) => {
      this.#put(Math.floor((n * this.rows) / this.#nodes), tick, value);
    });
  }

  #put(row: number, tick: number, value: number): void {
    const cell = row * this.columns + this.#columnOf(tick);
    if (value < this.#low[cell]!) this.#low[cell] = value;
    if (value > this.#high[cell]!) this.#high[cell] = value;
  }
}

/** The sizes of the parts when `count` is divided into parts that differ by at most one. */
function sharedBy(count: number, parts: number): Span {
  return { least: Math.floor(count / parts), most: Math.ceil(count / parts) };
}
