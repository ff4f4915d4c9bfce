import { parseDigest } from './digest.js';
import { isInt } from './integers.js';

/** True for a value of the type that the check stands for. */
export type Check = (value: unknown) => boolean;

/** One check for each field of a record, the optional ones too. */
export type Shape<T> = { readonly [Field in keyof Required<T>]: Check };

/**
 * A function that names the first field which is not what the shape promises; undefined when all are. The fields are
 * listed once and not for each object.
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
/** A small artefact is one chunk with the digest of the whole: what was just seen is not looked at again. */
export const isDigest: Check = (value) => {
  if (typeof value !== 'string' || (value !== lastDigest && parseDigest(value) === undefined)) return false;
  lastDigest = value;
  return true;
};

export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/** For a field that older records lack. */
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
