import { UNIT_MS } from '../base/quantity.js';

/** Form of such a moment, for messages. */
export const SINCE_FORM =
  'an age such as 90m, 12h, 7d or 2w, or a date such as 2026-01-31 or 2026-01-31T06:00:00Z';

/**
 * The moment of an age or a date, as ISO 8601; undefined for anything else. A date is in UTC unless it states
 * otherwise. Records are labelled by the wall clock, so ages are measured with it here.
 *
 * @param now milliseconds since the epoch
 */
export function parseSince(text: string, now: number): string | undefined {
  const age = /^([1-9][0-9]{0,5})([smhdw])$/.exec(text);
  if (age !== null) return new Date(now - Number(age[1]) * UNIT_MS[age[2]!]!).toISOString();
  if (!/^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.test(text)) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** True if it started at the moment or later. */
export function startedSince(started_at: string, since: string): boolean {
  return Date.parse(started_at) >= Date.parse(since);
}
