import { InvariantError } from './errors.js';

/** Any JSON value; in records all numbers are integers. */
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
    // Adding 0 turns a negative zero into zero.
    return String(value + 0);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return isArray(value) ? listText(value) : recordText(value);
}

// Concatenation costs half of collecting the parts in a list and joining them.
function listText(values: readonly Json[]): string {
  let text = '';
  for (const value of values) text += text === '' ? canonicalJson(value) : `,${canonicalJson(value)}`;
  return `[${text}]`;
}

function recordText(record: { readonly [key: string]: Json | undefined }): string {
  let text = '';
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${keyText(key)}${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Maximum of cached keys: keys are few and repeat. */
const MOST_KEYS = 4096;
const keyTexts = new Map<string, string>();

function keyText(key: string): string {
  let text = keyTexts.get(key);
  if (text !== undefined) return text;
  text = `${JSON.stringify(key)}:`;
  if (keyTexts.size < MOST_KEYS) keyTexts.set(key, text);
  return text;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
