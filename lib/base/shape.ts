import { parseDigest } from './digest.js';
import { isInt } from './integers.js';

/** True for a value of the type that the check represents. */
export type Check = (value: unknown) => boolean;

/** One check for each field of a record, including optional fields. */
export type Shape<T> = { readonly [Field in keyof Required<T>]: Check };

/**
 * Returns a function that names the first field that violates the shape, or undefined. The list of fields is
 * built once, not per object.
 */
export function fieldsOf<T>(shape: Shape<T>): (value: unknown) => string | undefined {
  const checks = Object.entries<Check>(shape);
  return (value) => {
    if (!isObject(value)) return checks[0]![0];
    for (const [field, check] of checks) if (!check(value[field])) return field;
    return undefined;
  };
}

export function shaped<T>(shape: Shape<T>): Check {
  const wrongIn = fieldsOf(shape);
  return (value) => wrongIn(value) === undefined;
}

export const isText: Check = (value) => typeof value === 'string';
export const isCount: Check = (value) => isInt(value) && value >= 0;
export const isBoolean: Check = (value) => typeof value === 'boolean';

let lastDigest: unknown;
/**
 * A small artefact is one chunk whose digest is that of the whole: a digest equal to the previous one is not
 * checked again.
 */
export const isDigest: Check = (value) => {
  if (typeof value !== 'string' || (value !== lastDigest && parseDigest(value) === undefined)) return false;
  lastDigest = value;
  return true;
};

export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/** Accepts a missing field, for fields that older records lack. */
export const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

export const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);

export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

export const mapOf =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check);

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
