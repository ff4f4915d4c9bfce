import type { Json } from './canonical-json.js';
import { parseDigest, type Digest } from './digest.js';
import { isInt } from './integers.js';

/** Tests whether a value parsed from JSON has the type T. */
export type Check<T> = (value: unknown) => value is T;

/**
 * One check for each field of a record, including optional fields. A missing check does not compile, nor does a check
 * of another type than its field.
 */
export type Shape<T> = { readonly [Field in keyof T]-?: Check<T[Field]> };

/**
 * Returns a function that names the first field that violates the shape, or undefined. The list of fields is
 * built once, not per object.
 */
export function fieldsOf<T>(shape: Shape<T>): (value: unknown) => string | undefined {
  const checks = Object.entries<Check<unknown>>(shape);
  return (value) => {
    if (!isObject(value)) return checks[0]![0];
    for (const [field, check] of checks) if (!check(value[field])) return field;
    return undefined;
  };
}

export function shaped<T>(shape: Shape<T>): Check<T> {
  const wrongIn = fieldsOf(shape);
  return (value): value is T => wrongIn(value) === undefined;
}

export const isText = (value: unknown): value is string => typeof value === 'string';

/** Accepts a string that meets a condition. */
export const textThat =
  (holds: (text: string) => boolean): Check<string> =>
  (value): value is string =>
    typeof value === 'string' && holds(value);

/** Accepts a string that a parser of a branded type accepts. */
export const textBy =
  <T extends string>(parse: (text: string) => T | undefined): Check<T> =>
  (value): value is T =>
    typeof value === 'string' && parse(value) !== undefined;

export const isCount = (value: unknown): value is number => isInt(value) && value >= 0;
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

let lastDigest: unknown;
/**
 * A small artefact is one chunk whose digest is that of the whole: a digest equal to the previous one is not
 * checked again.
 */
export const isDigest = (value: unknown): value is Digest => {
  if (typeof value !== 'string' || (value !== lastDigest && parseDigest(value) === undefined)) return false;
  lastDigest = value;
  return true;
};

export const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value): value is T | null =>
    value === null || check(value);

/** Accepts a missing field, for fields that older records lack. */
export const orAbsent =
  <T>(check: Check<T>): Check<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || check(value);

export const oneOf =
  <const W extends string>(words: readonly W[]): Check<W> =>
  (value): value is W =>
    words.includes(value as W);

export const listOf =
  <T>(check: Check<T>): Check<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(check);

export const mapOf =
  <T>(check: Check<T>): Check<Readonly<Record<string, T>>> =>
  (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.values(value).every(check);

export function isObject(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
