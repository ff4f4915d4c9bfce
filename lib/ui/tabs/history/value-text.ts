import { shownNumber } from '../../parts/numbers.js';

/** A value of a record as text: words and numbers unchanged, everything else as JSON. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return '–';
  if (typeof value === 'number') return shownNumber(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Maximum length; longer ones, such as whole records, are cut and can be read in the tab of their pillar. */
const LONGEST = 400;

/** A recorded value, for comparing; `absent` if a side has none. */
export function exactText(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${shownNumber(text.length)} characters)` : text;
}
