import { systemClock } from '../../platform/clock.js';
import { isFromFuture } from '../../store/arrival.js';

/** When a record was started, by the clock of its writer; says so where that clock ran ahead of this one. */
export function startedText(record: { readonly started_at: string }, now = systemClock.now()): string {
  const shown = instantText(record.started_at);
  return isFromFuture(record, now) ? `${shown} (in the future)` : shown;
}

/** An instant for people, to the second. */
export function instantText(instant: string): string {
  return instant.replace(/\.\d+Z$/, 'Z');
}
