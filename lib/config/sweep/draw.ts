import { sha256 } from '../../base/digest.js';

const SPAN = 2 ** 52;

/** Draws of one key of a sweep. */
export interface DrawStream {
  readonly seed: number | string;
  readonly key: string;
}

/**
 * The draw number `index` for one key of a random sweep: an integer in [0, count), uniform.
 *
 * Every draw stands on its own: it is read off SHA-256("aether-draw/1", seed, key, index, attempt), so adding
 * keys, raising the number of draws or changing their order leaves all other draws as they are. The first 13
 * hex digits make a 52-bit number; numbers past the last whole multiple of `count` are thrown away so that no
 * value is favoured.
 *
 * @param count 1 .. 2^52
 */
export function draw({ seed, key }: DrawStream, index: number, count: number): number {
  const fair = SPAN - (SPAN % count);
  for (let attempt = 0; ; attempt++) {
    const text = JSON.stringify(['aether-draw/1', seed, key, index, attempt]);
    const number = Number.parseInt(sha256(text).slice(0, 13), 16);
    if (number < fair) return number % count;
  }
}
