import { createHash } from 'node:crypto';

/** A record of the oracle: every number is a bigint, so that nothing is rounded. */
export type Exact = null | boolean | string | bigint | readonly Exact[] | { readonly [key: string]: Exact };

/** Canonical JSON, written character by character without JSON.stringify. */
export function exactJson(value: Exact): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint') return value.toString(10);
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return '[' + value.map(exactJson).join(',') + ']';
  const keys = Object.keys(value).sort(byCodeUnit);
  return '{' + keys.map((key) => quoted(key) + ':' + exactJson(value[key]!)).join(',') + '}';
}

/** Hex SHA-256 of a text's UTF-8 bytes. */
export function sha(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'utf8')).digest('hex');
}

/** Digest of a record. */
export function recordHash(record: Exact): string {
  return sha(exactJson(record));
}

/** JSONL text of records. */
export function jsonl(records: readonly Exact[]): string {
  return records.map((record) => exactJson(record) + '\n').join('');
}

/** Order of texts by UTF-16 code unit, one unit at a time. */
export function byCodeUnit(a: string, b: string): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a.charCodeAt(at) !== b.charCodeAt(at)) return a.charCodeAt(at) - b.charCodeAt(at);
  }
  return a.length - b.length;
}

const SHORT: Readonly<Record<number, string>> = {
  0x08: '\\b',
  0x09: '\\t',
  0x0a: '\\n',
  0x0c: '\\f',
  0x0d: '\\r',
  0x22: '\\"',
  0x5c: '\\\\',
};

function quoted(text: string): string {
  let out = '"';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const short = SHORT[unit];
    if (short !== undefined) out += short;
    else if (unit < 0x20) out += '\\u' + unit.toString(16).padStart(4, '0');
    else out += text.charAt(at);
  }
  return out + '"';
}

function isList(value: Exact): value is readonly Exact[] {
  return Array.isArray(value);
}
