/**
 * Durations and sizes written by users. A number without a unit is refused: 30 may mean seconds or
 * milliseconds.
 */

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Form of a duration, for messages. */
export const DURATION_FORM = 'a time with a unit such as 500ms, 30s, 2m or 1h';

/**
 * Milliseconds of `500ms`, `30s`, `2m` or `1h`; undefined for anything else, including 0 and numbers without
 * a unit.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^([1-9][0-9]{0,8})(ms|s|m|h)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * UNIT_MS[match[2]!]!;
}

const UNIT_BYTES: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** Form of a size, for messages. */
export const SIZE_FORM = 'a size with a unit such as 500MiB, 20GiB or 4096B';

/** Bytes of `4096B`, `500m`, `500MB` or `2GiB`, units in powers of 1024; undefined without a unit. */
export function parseSize(text: string): number | undefined {
  const match = /^([0-9]{1,16})(?:(b)|([kmgt])(?:i?b)?)$/i.exec(text);
  if (match === null) return undefined;
  const bytes = Number(match[1]) * UNIT_BYTES[(match[2] ?? match[3])!.toLowerCase()]!;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
