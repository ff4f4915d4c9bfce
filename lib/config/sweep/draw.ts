import { sha256 } from '../../base/digest.js';
import { invariant } from '../../base/errors.js';

const SPAN = 2 ** 52;
const WIDE_SPAN = 2n ** 64n;

/** Draws of one key of a sweep. */
export interface DrawStream {
  readonly seed: number | string;
  readonly key: string;
}

/**
 * The draw number `index` for one key of a random sweep: an integer in [0, count), uniform.
 *
 * Every draw is independent: it is derived from SHA-256("aether-draw/1", seed, key, index, attempt), so that
 * adding keys, raising the number of draws or changing their order does not change other draws. The first 13
 * hex digits make a 52-bit number, for larger counts the first 16 a 64-bit one; numbers past the last whole
 * multiple of `count` are rejected to keep the distribution uniform.
 *
 * @param count 1 .. 2^53 - 1
 */
export function draw(stream: DrawStream, index: number, count: number): number {
  invariant(Number.isSafeInteger(count) && count > 0, 'a draw needs 1 to 2^53-1 values');
  if (count > SPAN) return wideDraw(stream, index, BigInt(count));
  const fair = SPAN - (SPAN % count);
  for (let attempt = 0; ; attempt++) {
    const number = Number.parseInt(digits(stream, index, attempt).slice(0, 13), 16);
    if (number < fair) return number % count;
  }
}

function wideDraw(stream: DrawStream, index: number, count: bigint): number {
  const fair = WIDE_SPAN - (WIDE_SPAN % count);
  for (let attempt = 0; ; attempt++) {
    const number = BigInt(`0x${digits(stream, index, attempt).slice(0, 16)}`);
    if (number < fair) return Number(number % count);
  }
}

function digits({ seed, key }: DrawStream, index: number, attempt: number): string {
  return sha256(JSON.stringify(['aether-draw/1', seed, key, index, attempt]));
}
