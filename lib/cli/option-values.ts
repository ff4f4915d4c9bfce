import { parseLabel, type Labels } from '../base/label.js';
import { shortText } from '../base/printable.js';
import { DURATION_FORM, SIZE_FORM, bytesText, parseDuration, parseSize } from '../base/quantity.js';
import type { Shard } from '../batch/plan/batch-plan.js';
import { UsageError } from './command-error.js';

/** Parsers for option values; errors name the option and the expected form. */
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
    throw new UsageError(`${option} must be an integer >= ${String(least)}, got ${JSON.stringify(given)}`);
  };
}

/** Maximum delay of timers. */
const LONGEST_MS = 2 ** 31 - 1;

/** A time span such as `500ms`, `30s`, `2m` or `1h`, in milliseconds. */
export function oneDuration(option: string): Parser<number | undefined> {
  const text = oneText(option);
  return (value) => {
    const given = text(value);
    if (given === undefined) return undefined;
    const ms = parseDuration(given);
    if (ms !== undefined && ms <= LONGEST_MS) return ms;
    throw badQuantity(option, DURATION_FORM, given, [`${given}s`, `${given}ms`]);
  };
}

/** A number without a unit gets a hint with the possible units. */
function badQuantity(option: string, form: string, given: string, meant: readonly string[]): UsageError {
  // In the message: the parser does not keep hints.
  const hint = /^[1-9][0-9]{0,8}$/.test(given) ? `; write ${meant.join(' or ')}` : '';
  return new UsageError(`${option} must be ${form}, got ${JSON.stringify(shortText(given))}${hint}`);
}

/** Texts, any number of them. */
export function manyTexts(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
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
        throw new UsageError(
          `${option} must be one of ${vocabulary.join(', ')}, got ${JSON.stringify(word)}`,
        );
      });
  };
}

/** Labels as `key=value`, any number of them; the last one of a key wins. */
export function manyLabels(option: string): Parser<Labels | undefined> {
  return (value) => {
    if (value === undefined) return undefined;
    const labels = manyTexts(value).map((text): [string, string] => {
      const parsed = parseLabel(text);
      if (parsed.ok) return [parsed.key, parsed.value];
      throw new UsageError(`${option} must be ${parsed.expected}, got ${JSON.stringify(shortText(text))}`);
    });
    return Object.fromEntries(labels);
  };
}

/** A number of bytes such as `500m`, `2GiB` or `4096B`; units are powers of 1024. */
export function oneSize(option: string, least = 0): Parser<number | undefined> {
  const text = oneText(option);
  return (value) => {
    const given = text(value);
    if (given === undefined) return undefined;
    const bytes = parseSize(given);
    if (bytes !== undefined && bytes >= least) return bytes;
    const form = least === 0 ? SIZE_FORM : `${SIZE_FORM}, of at least ${bytesText(least)}`;
    throw badQuantity(option, form, given, [`${given}MiB`, `${given}GiB`]);
  };
}

/** The heap of a worker as a size, in MiB. */
export function oneMemory(option: string): Parser<number | undefined> {
  const size = oneSize(option, LEAST_HEAP);
  return (value) => {
    const bytes = size(value);
    return bytes === undefined ? undefined : Math.floor(bytes / MEBIBYTE);
  };
}

const MEBIBYTE = 2 ** 20;
/** Minimum heap to start a worker. */
const LEAST_HEAP = 16 * MEBIBYTE;

/** Part i of n, such as `2/5`. */
export function oneShard(option: string): Parser<Shard | undefined> {
  const text = oneText(option);
  return (value) => {
    const given = text(value);
    if (given === undefined) return undefined;
    const parts = /^([0-9]{1,4})\/([0-9]{1,4})$/.exec(given);
    const [index, count] = [Number(parts?.[1]), Number(parts?.[2])];
    if (parts !== null && index >= 1 && index <= count) return { index, count };
    throw new UsageError(`${option} must be i/n with 1 <= i <= n, such as 2/5, got ${JSON.stringify(given)}`);
  };
}
