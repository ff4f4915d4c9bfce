import { MAX_INT, bitLength, bitLengthBig } from '../../base/integers.js';
import { exactValues, type SourceVector } from './source-vector.js';

/**
 * Summary of one tick of a source, as needed by every window over it under `mdl-v0` (section 5.2). Computed
 * once per tick and source, added to any number of windows in constant time.
 */
export interface MdlTick {
  /** Number of values in the tick; all other fields are undefined if it is 0. */
  count: number;
  /** Sum of 1 + bitlen(x). */
  id: number | bigint;
  /** Sum of floor(zigzag(x) / 2^p), per p. */
  readonly quotients: (number | bigint)[];
  first: number | bigint;
  last: number | bigint;
  /** Deltas inside the tick (count - 1 of them): zeros before the first non-zero delta, or all of them. */
  leadingZeros: number;
  trailingZeros: number;
  allZero: boolean;
  /** Bits of the non-zero deltas and of the zero runs between them. */
  inner: number | bigint;
}

/** An empty summary for exponents 0..maxP. */
export function newMdlTick(maxP: number): MdlTick {
  return {
    count: 0,
    id: 0,
    quotients: new Array<number | bigint>(maxP + 1).fill(0),
    first: 0,
    last: 0,
    leadingZeros: 0,
    trailingZeros: 0,
    allZero: true,
    inner: 0,
  };
}

/** Fills `tick` from the vector; exact for every legal value. */
export function summarizeMdl(vector: SourceVector, tick: MdlTick): void {
  tick.count = vector.values.length;
  if (tick.count === 0) return;
  if (vector.exact !== null || !sumsFit(vector.values)) {
    summarizeBig(exactValues(vector), tick);
    return;
  }
  sizes(vector.values, tick);
  deltas(vector.values, tick);
}

/** Bits of a run of L zero deltas. */
export function zeroRunBits(length: number): number {
  return length === 0 ? 0 : 1 + bitLength(length);
}

/** Bits of one non-zero delta: a marker and its GR(0) code. */
export function deltaBits(delta: number): number {
  return 2 + (delta > 0 ? 2 * delta - 1 : -2 * delta);
}

/** `deltaBits` for a delta of any size. */
export function deltaBitsBig(delta: bigint): bigint {
  return 2n + zigzagBig(delta);
}

function zigzagBig(x: bigint): bigint {
  return x > 0n ? 2n * x - 1n : -2n * x;
}

/** True if no intermediate sum over these values exceeds the double range. */
function sumsFit(values: Float64Array): boolean {
  let max = 0;
  for (let n = 0; n < values.length; n++) {
    const v = values[n]!;
    if (v > max) max = v;
    else if (-v > max) max = -v;
  }
  // The largest term is the zigzag of a delta of two extremes: 4 * max.
  return (4 * max + 4) * values.length <= MAX_INT;
}

function sizes(values: Float64Array, tick: MdlTick): void {
  const { quotients } = tick;
  const top = quotients.length;
  quotients.fill(0);
  let id = values.length;
  for (let n = 0; n < values.length; n++) {
    const x = values[n]!;
    if (x === 0) continue;
    const magnitude = x < 0 ? -x : x;
    id += bitLength(magnitude);
    const y = x > 0 ? 2 * x - 1 : 2 * magnitude;
    if (y <= 0x7fffffff) {
      for (let p = 0; p < top; p++) (quotients[p] as number) += y >> p;
    } else {
      let unit = 1;
      for (let p = 0; p < top; p++, unit *= 2) (quotients[p] as number) += Math.floor(y / unit);
    }
  }
  tick.id = id;
}

function deltas(values: Float64Array, tick: MdlTick): void {
  let previous = values[0]!;
  let zeros = 0;
  let leading = -1;
  let bits = 0;
  for (let n = 1; n < values.length; n++) {
    const x = values[n]!;
    const d = x - previous;
    previous = x;
    if (d === 0) {
      zeros++;
      continue;
    }
    if (leading < 0) leading = zeros;
    else bits += zeroRunBits(zeros);
    zeros = 0;
    bits += deltaBits(d);
  }
  tick.first = values[0]!;
  tick.last = previous;
  tick.allZero = leading < 0;
  tick.leadingZeros = leading < 0 ? zeros : leading;
  tick.trailingZeros = zeros;
  tick.inner = bits;
}

function summarizeBig(values: readonly bigint[], tick: MdlTick): void {
  const { quotients } = tick;
  const totals = quotients.map(() => 0n);
  let id = 0n;
  for (const x of values) {
    id += 1n + BigInt(bitLengthBig(x < 0n ? -x : x));
    const y = zigzagBig(x);
    for (let p = 0; p < totals.length; p++) totals[p]! += y >> BigInt(p);
  }
  totals.forEach((total, p) => (quotients[p] = total));
  tick.id = id;
  let zeros = 0;
  let leading = -1;
  let bits = 0n;
  for (let n = 1; n < values.length; n++) {
    const d = values[n]! - values[n - 1]!;
    if (d === 0n) {
      zeros++;
      continue;
    }
    if (leading < 0) leading = zeros;
    else bits += BigInt(zeroRunBits(zeros));
    zeros = 0;
    bits += deltaBitsBig(d);
  }
  tick.first = values[0]!;
  tick.last = values[values.length - 1]!;
  tick.allZero = leading < 0;
  tick.leadingZeros = leading < 0 ? zeros : leading;
  tick.trailingZeros = zeros;
  tick.inner = bits;
}
