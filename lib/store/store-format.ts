import { STORE_FORMATS, type StoreFormat } from './layout.js';

/** The bytes of store.json. */
export function formatText(format: StoreFormat): string {
  return `${JSON.stringify({ format })}\n`;
}

/** Front of the name store.json is written under. */
export const FORMAT_TEMP = '.store.json.';

/** True for a format that this version reads and writes. */
export function isKnownFormat(format: string | undefined): format is StoreFormat {
  return format === STORE_FORMATS.plain || format === STORE_FORMATS.segmented;
}

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
