import { STORE_FORMAT } from './layout.js';

/** The bytes of store.json. */
export const FORMAT_TEXT = `${JSON.stringify({ format: STORE_FORMAT })}\n`;

/** Front of the name store.json is written under. */
export const FORMAT_TEMP = '.store.json.';

/** The format that a store.json tells; undefined when it tells none, because it is damaged. */
export function formatIn(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'format' in value && typeof value.format === 'string')
      return JSON.stringify(value.format).slice(1, -1);
  } catch {
    // A document that cannot be read tells nothing.
  }
  return undefined;
}
