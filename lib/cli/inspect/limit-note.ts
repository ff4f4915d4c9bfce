import { plural } from '../../base/quantity.js';

/** A message for stderr that a list is limited; stdout contains only the list. */
export function limitNote(shown: number, noun: string, many?: string): string {
  return `only the latest ${plural(shown, noun, many)}; --limit shows more\n`;
}
