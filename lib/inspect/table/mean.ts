/** Places after the point of a mean. */
const MEAN_PLACES = 6;

/**
 * The quotient of two integers as decimal text with six places, rounded half to even: the same on every
 * machine, for any size.
 */
export function meanText(sum: bigint, count: bigint): string {
  const scaled = halfEven(sum * 10n ** BigInt(MEAN_PLACES), count);
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(MEAN_PLACES + 1, '0');
  const point = digits.length - MEAN_PLACES;
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function halfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  const magnitude = twice < 0n ? -twice : twice;
  if (magnitude < denominator || (magnitude === denominator && quotient % 2n === 0n)) return quotient;
  return numerator < 0n ? quotient - 1n : quotient + 1n;
}
