import { systemClock } from '../../platform/clock.js';
import { isFromFuture } from '../../store/arrival.js';

/** Start of a record, by the clock of its writer; marks a time in the future. */
export function startedText(record: { readonly started_at: string }): string {
  const shown = instantText(record.started_at);
  return isFromFuture(record, systemClock.now()) ? `${shown} (in the future)` : shown;
}

/** An instant as text, to the second. */
export function instantText(instant: string): string {
  return instant.replace(/\.\d+Z$/, 'Z');
}
