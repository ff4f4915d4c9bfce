import { STORE_FORMATS, type StoreFormat } from './layout.js';

/** The bytes of store.json. */
export function formatText(format: StoreFormat): string {
  return `${JSON.stringify({ format })}\n`;
}

/** Prefix of the temporary name of store.json. */
export const FORMAT_TEMP = '.store.json.';

/** True for a format that this version reads and writes. */
export function isKnownFormat(format: string | undefined): format is StoreFormat {
  return format === STORE_FORMATS.plain || format === STORE_FORMATS.segmented;
}

/** The format in a store.json; undefined if it is damaged. */
export function formatIn(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'format' in value && typeof value.format === 'string')
      return JSON.stringify(value.format).slice(1, -1);
  } catch {
    // A document that cannot be parsed has no format.
  }
  return undefined;
}
