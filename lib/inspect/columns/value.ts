import { canonicalJson, type Json } from '../../base/canonical-json.js';

/**
 * A cell of a table. An integer is a number if a double represents it exactly, otherwise decimal text; a list
 * or map is its canonical JSON.
 */
export type Value = number | string | boolean | null;

/** `decimal` is decimal text with a fixed number of places, used for means. */
export type ValueType = 'integer' | 'decimal' | 'text' | 'boolean';

/** The cell for any JSON value. */
export function valueOf(json: Json | undefined): Value {
  if (json === undefined || json === null) return null;
  return typeof json === 'object' ? canonicalJson(json) : json;
}

const INTEGER = /^-?(?:0|[1-9][0-9]*)$/;

/** A value as an integer; undefined for any other. */
export function integerOf(value: Value): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && INTEGER.test(value) ? BigInt(value) : undefined;
}

/** A number if a double is exact, otherwise decimal text. */
export function exactValue(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** The type of a value, for columns without a declared type; undefined for null. */
export function typeOfValue(value: Value): ValueType | undefined {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'number' ? 'integer' : 'text';
}

/**
 * Order of two values: null first, then booleans, then integers by size, then texts by code unit. Independent
 * of the locale, so that every machine sorts alike.
 */
export function compareValues(a: Value, b: Value): number {
  const [first, second] = [rank(a), rank(b)];
  if (first !== second) return first - second;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [integerOf(a), integerOf(b)];
  if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : 0;
  return a === b ? 0 : a! < b! ? -1 : 1;
}

function rank(value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return 1;
  return integerOf(value) === undefined ? 3 : 2;
}
