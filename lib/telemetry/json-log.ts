import type { Clock } from '../base/ports.js';
import type { RunId } from '../base/run-id.js';
import type { RunEvent, RunEventSink } from './events.js';
import { ENTRY_LEVELS, eventLevel, logEntry, type EntryLevel } from './log-entry.js';

export interface JsonLogOptions {
  readonly clock: Clock;
  /** Id of the run record; included in every entry. */
  readonly run: RunId;
  /** Entries below it are dropped. */
  readonly level: Lowercase<EntryLevel>;
  readonly include_ticks: boolean;
  readonly include_windows: boolean;
  /** Receives one complete line, newline included, and the tick it belongs to (0 for none). */
  readonly write: (line: string, tick: number) => void;
}

/**
 * A sink that writes each event as one JSON line. It adds the time itself, so that events do not depend on
 * the clock.
 */
export function jsonLog(options: JsonLogOptions): RunEventSink {
  const threshold = ENTRY_LEVELS.findIndex((level) => level.toLowerCase() === options.level);
  return (event) => {
    if (!isIncluded(event, options) || ENTRY_LEVELS.indexOf(eventLevel(event)) < threshold) return;
    const timestamp = new Date(options.clock.now()).toISOString();
    const entry = logEntry(event, timestamp, options.run);
    options.write(`${JSON.stringify(entry)}\n`, 'tick' in event ? (event.tick ?? 0) : 0);
  };
}

function isIncluded(event: RunEvent, options: JsonLogOptions): boolean {
  if (event.type === 'tick_complete') return options.include_ticks;
  if (event.type === 'window_closed') return options.include_windows;
  return true;
}
