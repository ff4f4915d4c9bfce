import { byCodeUnit } from './code-units.js';
import type { Json } from './canonical-json.js';
import { pointerStep } from './json-pointer.js';

/** One place where two JSON values differ. */
export interface JsonDifference {
  /** RFC 6901 JSON pointer; '' for the whole value. */
  readonly pointer: string;
  /** Undefined if that side has no value. */
  readonly a: Json | undefined;
  readonly b: Json | undefined;
}

/** Position of a member among its siblings; members of equal rank follow by code unit. */
export type KeyRank = (key: string) => number;

const UNRANKED: KeyRank = () => 0;

/** Every place where `b` differs from `a`, lazily: elements by index, members by rank, then by code unit. */
export function* jsonDifferences(
  a: Json | undefined,
  b: Json | undefined,
  rank: KeyRank = UNRANKED,
  pointer = '',
): Generator<JsonDifference> {
  if (Object.is(a, b)) return;
  if (isList(a) && isList(b)) {
    const length = Math.max(a.length, b.length);
    for (let n = 0; n < length; n++) yield* jsonDifferences(a[n], b[n], rank, `${pointer}/${String(n)}`);
    return;
  }
  if (isMap(a) && isMap(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    for (const key of [...keys].sort((x, y) => rank(x) - rank(y) || byCodeUnit(x, y))) {
      yield* jsonDifferences(a[key], b[key], rank, pointer + pointerStep(key));
    }
    return;
  }
  yield { pointer, a, b };
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isMap(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
