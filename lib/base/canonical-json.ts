import { InvariantError } from './errors.js';

/** Any JSON value; numbers are integers wherever a record is meant. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * Canonical JSON (engine contract, section 1): keys sorted by UTF-16 code unit, no whitespace, integers in plain
 * decimal, non-ASCII characters as themselves. Keys whose value is undefined are left out.
 *
 * @throws InvariantError on a number that is not a safe integer.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new InvariantError(`not a safe integer: ${String(value)}`);
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${parts.join(',')}}`;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
