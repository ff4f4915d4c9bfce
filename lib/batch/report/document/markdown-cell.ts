import { inLine } from '../../../base/printable.js';

/** Text in one line with Markdown syntax escaped. */
export function cell(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[|\\`*_[\]]/g, (character) => `\\${character}`)
    .replace(/\s*[\r\n]\s*/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, inLine);
}
