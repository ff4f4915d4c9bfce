import { shownNumber } from '../../parts/numbers.js';

/** A value of a record for people: words and numbers as they are, everything else as JSON. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return '–';
  if (typeof value === 'number') return shownNumber(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Longer ones, such as whole records, are cut; they can be read in the tab of their pillar. */
const LONGEST = 400;

/** A value as it is recorded, for comparing; `absent` where a side has nothing. */
export function exactText(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${shownNumber(text.length)} characters)` : text;
}
