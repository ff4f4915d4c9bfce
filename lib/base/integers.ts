/** 2^53-1: records store values in [-MAX_INT, MAX_INT]. */
export const MAX_INT = Number.MAX_SAFE_INTEGER;

/** True for integers that a double holds exactly. */
export function isInt(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** True if the exact value is in the storable range. */
export function isStorable(value: bigint): boolean {
  return value <= BigInt(MAX_INT) && value >= -BigInt(MAX_INT);
}

/** Mathematical mod: the result is in [0, modulus), also for negative operands, and is never -0. */
export function mod(value: number, modulus: number): number {
  const r = value % modulus;
  return r < 0 ? r + modulus : r + 0;
}

/** `mod` for operands of any size. */
export function modBig(value: bigint, modulus: bigint): bigint {
  const r = value % modulus;
  return r < 0n ? r + modulus : r;
}

/**
 * (x * y) mod m, exact for any safe integers; m > 0.
 * Products inside 2^53 take the double path: a rounded product is never below a safe one, so the test is exact.
 */
export function mulMod(x: number, y: number, m: number): number {
  const product = x * y;
  if (product <= MAX_INT && product >= -MAX_INT) return mod(product, m);
  return Number(modBig(BigInt(x) * BigInt(y), BigInt(m)));
}

/** (x + y) mod m, exact for any safe integers; m > 0. */
export function addMod(x: number, y: number, m: number): number {
  const sum = x + y;
  if (sum <= MAX_INT && sum >= -MAX_INT) return mod(sum, m);
  return Number(modBig(BigInt(x) + BigInt(y), BigInt(m)));
}

/** floor(x * y / d) for x, y >= 0 and d > 0, exact; Infinity when the result leaves the storable range. */
export function mulDivFloor(x: number, y: number, d: number): number {
  const product = x * y;
  if (product <= MAX_INT) return (product - (product % d)) / d;
  const exact = (BigInt(x) * BigInt(y)) / BigInt(d);
  return isStorable(exact) ? Number(exact) : Infinity;
}

/** Number of binary digits of a non-negative safe integer; 0 for 0. */
export function bitLength(magnitude: number): number {
  if (magnitude <= 0xffffffff) return 32 - Math.clz32(magnitude);
  return 64 - Math.clz32(Math.floor(magnitude / 4294967296));
}

/** Number of binary digits of a non-negative bigint; 0 for 0. */
export function bitLengthBig(magnitude: bigint): number {
  return magnitude === 0n ? 0 : magnitude.toString(2).length;
}
