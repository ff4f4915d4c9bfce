import type { Json } from '../../base/canonical-json.js';
import { resolvePlain } from '../../config/source/plain-scalar.js';

/** Texts that need no quotes, in block and in flow style. */
const SAFE = /^[A-Za-z0-9_./(][A-Za-z0-9 _./()+-]*$/;

/** A value in hand-written YAML style, on one line. */
export function documentValue(value: Json): string {
  if (typeof value === 'string') return isPlain(value) ? value : quoted(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(documentValue).join(', ')}]`;
  const pairs = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${pairs.map(([key, member]) => `${documentValue(key)}: ${documentValue(member!)}`).join(', ')}}`;
}

function isPlain(text: string): boolean {
  return SAFE.test(text) && !text.endsWith(' ') && typeof resolvePlain(text).value === 'string';
}

/** Double quotes of YAML accept everything JSON writes, except some raw line separators. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
