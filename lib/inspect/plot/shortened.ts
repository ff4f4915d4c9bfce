import { escaped } from '../../base/xml-text.js';

/** Maximum length of a text beside a mark. */
export const LONGEST = 24;
/** Maximum length of a title in the width of a drawing. */
const LONGEST_TITLE = 88;

/** An escaped text of bounded length. */
export function shortened(text: string, longest = LONGEST): string {
  return escaped(
    text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`,
  );
}

/** The title of a drawing, shortened to fit; the title element has the full text. */
export function titleLine(title: string, left: number): string {
  return `<text class="title" x="${String(left)}" y="28">${shortened(title, LONGEST_TITLE)}</text>`;
}
