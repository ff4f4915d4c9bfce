import { plural } from '../../batch/report/units.js';

/** Says on stderr that a list ends at its limit although there is more; stdout holds the list alone. */
export function limitNote(shown: number, noun: string, many?: string): string {
  return `only the latest ${plural(shown, noun, many)}; --limit shows more\n`;
}
