import { isList, isMap } from './source/path.js';

const LONGEST = 60;

/** A value for display in a problem: short, on one line; numbers that are not safe integers as written. */
export function shownValue(value: unknown, odd?: string): string | undefined {
  if (odd !== undefined) return shortened(odd);
  if (value === undefined) return undefined;
  if (typeof value === 'string') return shortened(JSON.stringify(value));
  if (isList(value))
    return value.length === 1 ? 'a list of 1 item' : `a list of ${String(value.length)} items`;
  if (isMap(value)) {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty map' : shortened(`a map with ${keys.join(', ')}`);
  }
  return String(value);
}

/** Shortens a text without splitting a surrogate pair. */
function shortened(text: string): string {
  const points = [...text.slice(0, 2 * LONGEST)];
  return points.length <= LONGEST && text.length <= 2 * LONGEST
    ? text
    : `${points.slice(0, LONGEST - 1).join('')}…`;
}
