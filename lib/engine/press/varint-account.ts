import { MAX_INT, bitLength, bitLengthBig } from '../../base/integers.js';
import type { PressDefaults, Scheme } from '../inputs.js';
import type { Candidate, StreamAccount } from './candidate.js';
import { exactValues, type SourceVector } from './source-vector.js';

/** One tick of a source under `varint-v1` (section 5.3), relative to the tick before. */
export interface VarintTick {
  count: number;
  /** Sum of v(2|x|). */
  id: number;
  /** Sum of v(2|x_t - x_{t-1}|); undefined at the first tick of the run. */
  diff: number;
  /** True if every value equals that of the previous tick. */
  same: boolean;
}

/** An empty summary. */
export function newVarintTick(): VarintTick {
  return { count: 0, id: 0, diff: 0, same: false };
}

/** Bits of n >= 0 in groups of seven: 8 per group, at least one. */
function varintBits(n: number): number {
  return n < 128 ? 8 : 8 * Math.ceil(bitLength(n) / 7);
}

/** Fills `tick` from the vectors of this tick and the previous one (null at the first tick of the run). */
export function summarizeVarint(vector: SourceVector, previous: SourceVector | null, tick: VarintTick): void {
  tick.count = vector.values.length;
  if (
    vector.exact !== null ||
    (previous !== null && previous.exact !== null) ||
    !differencesFit(vector.values)
  ) {
    summarizeBig(exactValues(vector), previous && exactValues(previous), tick);
    return;
  }
  const { values } = vector;
  const before = previous?.values ?? values;
  let id = 0;
  let diff = 0;
  let same = previous !== null;
  for (let n = 0; n < values.length; n++) {
    const x = values[n]!;
    const d = x - before[n]!;
    id += doubledBits(x < 0 ? -x : x);
    diff += doubledBits(d < 0 ? -d : d);
    if (d !== 0) same = false;
  }
  tick.id = id;
  tick.diff = diff;
  tick.same = same;
}

/** v(2m): doubling adds one binary digit. */
function doubledBits(magnitude: number): number {
  return magnitude < 64 ? 8 : 8 * Math.ceil((bitLength(magnitude) + 1) / 7);
}

function doubledBitsBig(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  return magnitude === 0n ? 8 : 8 * Math.ceil((bitLengthBig(magnitude) + 1) / 7);
}

function differencesFit(values: Float64Array): boolean {
  const bound = MAX_INT / 2;
  for (let n = 0; n < values.length; n++) {
    const x = values[n]!;
    if (x > bound || x < -bound) return false;
  }
  return true;
}

function summarizeBig(values: readonly bigint[], before: readonly bigint[] | null, tick: VarintTick): void {
  tick.id = 0;
  tick.diff = 0;
  tick.same = before !== null;
  values.forEach((x, n) => {
    const d = before === null ? 0n : x - before[n]!;
    tick.id += doubledBitsBig(x);
    tick.diff += doubledBitsBig(d);
    if (d !== 0n) tick.same = false;
  });
}

/** Running totals of one stream of one window under `varint-v1`; constant size for any length. */
export class VarintAccount implements StreamAccount {
  count = 0;
  readonly #scheme: Scheme;
  #width = 0;
  #ticks = 0;
  #idResidual = 0;
  #rModel = 0;
  #rResidual = 0;
  #runs = 0;
  #runLength = 0;
  #grModel = 0;
  #grResidual = 0;

  constructor(press: PressDefaults, hint: Scheme | null) {
    this.#scheme = hint ?? press.preferred_schemes[0]!;
  }

  /** Adds one tick of the stream. */
  fold(tick: VarintTick): void {
    this.#width = tick.count;
    this.count += tick.count;
    this.#idResidual += tick.id;
    if (this.#ticks === 0) this.#rModel = tick.id;
    else this.#rResidual += tick.diff;
    if (this.#ticks > 0 && tick.same) {
      this.#runLength++;
    } else {
      if (this.#runs > 0) this.#grResidual += varintBits(this.#runLength);
      this.#runs++;
      this.#runLength = 1;
      this.#grModel += tick.id;
    }
    this.#ticks++;
  }

  candidates(): readonly Candidate[] {
    const shape = varintBits(this.#width) + varintBits(this.#ticks);
    return [
      candidate('ID', shape, this.#idResidual),
      candidate(
        'GR',
        varintBits(this.#width) + varintBits(this.#runs) + this.#grModel,
        this.#grResidual + varintBits(this.#runLength),
      ),
      candidate('R', shape + this.#rModel, this.#rResidual),
    ];
  }

  choose(candidates: readonly Candidate[]): Candidate {
    return candidates.find((c) => c.scheme === this.#scheme)!;
  }
}

function candidate(scheme: Scheme, L_model: number, L_residual: number): Candidate {
  return { scheme, params: 0, L_model, L_residual, L_total: L_model + L_residual };
}
