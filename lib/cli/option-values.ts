import type { Shard } from '../batch/plan/shard.js';
import { UsageError } from './command-error.js';

/** Parsers for option values; each refuses with the option's name and what would be right. */
type Parser<T> = (value: unknown) => T;

/** A text given at most once. */
export function oneText(option: string): Parser<string | undefined> {
  return (value) => {
    if (value === undefined || typeof value === 'string') return value;
    throw new UsageError(`${option} is given more than once`);
  };
}

/** An integer not below `least`. */
export function oneInteger(option: string, least: number): Parser<number | undefined> {
  const text = oneText(option);
  return (value) => {
    const given = text(value);
    if (given === undefined) return undefined;
    const number = Number(given);
    if (/^[0-9]+$/.test(given) && Number.isSafeInteger(number) && number >= least) return number;
    throw new UsageError(
      `${option} wants an integer of at least ${String(least)}, not ${JSON.stringify(given)}`,
    );
  };
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** What timers can wait for at most. */
const LONGEST_MS = 2 ** 31 - 1;

/** A time span such as `500ms`, `30s`, `2m`, `1h`, or a number of milliseconds. */
export function oneDuration(option: string): Parser<number | undefined> {
  const text = oneText(option);
  return (value) => {
    const given = text(value);
    if (given === undefined) return undefined;
    const parts = /^([0-9]+)(ms|s|m|h)?$/.exec(given);
    const ms = parts === null ? 0 : Number(parts[1]) * UNIT_MS[parts[2] ?? 'ms']!;
    if (ms >= 1 && ms <= LONGEST_MS) return ms;
    throw new UsageError(`${option} wants a time such as 500ms, 30s, 2m or 1h, not ${JSON.stringify(given)}`);
  };
}

/** Texts given any number of times. */
export function manyTexts(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** A regular expression; without the flag `u`, which refuses a bracket that stands alone, as in `ticks=8]`. */
export function onePattern(option: string): Parser<RegExp | undefined> {
  const text = oneText(option);
  return (value) => {
    const given = text(value);
    if (given === undefined) return undefined;
    try {
      return new RegExp(given);
    } catch (error) {
      throw new UsageError(`${option}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}

/** Words of a vocabulary, separated by commas. */
export function wordsOf<T extends string>(
  option: string,
  vocabulary: readonly T[],
): Parser<readonly T[] | undefined> {
  return (value) => {
    if (value === undefined) return undefined;
    return manyTexts(value)
      .flatMap((text) => text.split(','))
      .map((word) => {
        const known = vocabulary.find((entry) => entry === word);
        if (known !== undefined) return known;
        throw new UsageError(`${option} wants ${vocabulary.join(', ')}, not ${JSON.stringify(word)}`);
      });
  };
}

const UNIT_BYTES: Readonly<Record<string, number>> = {
  '': 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
};

/** A number of bytes such as `500m`, `2GiB` or `1048576`; units are powers of 1024. */
export function oneSize(option: string): Parser<number | undefined> {
  const text = oneText(option);
  return (value) => {
    const given = text(value);
    if (given === undefined) return undefined;
    const parts = /^([0-9]+)(?:([kmgt])(?:i?b)?)?$/i.exec(given);
    const bytes = parts === null ? NaN : Number(parts[1]) * UNIT_BYTES[(parts[2] ?? '').toLowerCase()]!;
    if (Number.isSafeInteger(bytes)) return bytes;
    throw new UsageError(
      `${option} wants a size such as 500m, 2GiB or 1048576, not ${JSON.stringify(given)}`,
    );
  };
}

/** Part i of n, such as `2/5`. */
export function oneShard(option: string): Parser<Shard | undefined> {
  const text = oneText(option);
  return (value) => {
    const given = text(value);
    if (given === undefined) return undefined;
    const parts = /^([0-9]{1,4})\/([0-9]{1,4})$/.exec(given);
    const [index, count] = [Number(parts?.[1]), Number(parts?.[2])];
    if (parts !== null && index >= 1 && index <= count) return { index, count };
    throw new UsageError(`${option} wants i/n with 1 <= i <= n, such as 2/5, not ${JSON.stringify(given)}`);
  };
}
