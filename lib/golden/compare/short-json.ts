import { canonicalJson, type Json } from '../../base/canonical-json.js';

/** A value, shortened so that it stays on its line. */
export function shortJson(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = canonicalJson(value);
  return text.length <= 100 ? text : `${text.slice(0, 97)}...`;
}
