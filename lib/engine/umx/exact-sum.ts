import { MAX_INT } from '../../base/integers.js';

/** Sum of safe integers as a safe integer, or as a bigint if it exceeds the safe range. */
export function exactSum(values: Float64Array): number | bigint {
  let sum = 0;
  let magnitude = 0;
  for (let n = 0; n < values.length; n++) {
    const v = values[n]!;
    sum += v;
    magnitude += v < 0 ? -v : v;
  }
  // No partial sum exceeds the sum of magnitudes, so a safe one proves every addition exact.
  if (magnitude <= MAX_INT) return sum;
  let exact = 0n;
  for (const v of values) exact += BigInt(v);
  return fromBig(exact);
}

/** The number if it is safe, else the bigint itself. */
export function fromBig(exact: bigint): number | bigint {
  return exact <= BigInt(MAX_INT) && exact >= -BigInt(MAX_INT) ? Number(exact) : exact;
}
