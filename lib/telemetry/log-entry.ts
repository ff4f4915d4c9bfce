import type { RunId } from '../base/run-id.js';
import type { RunEvent, RunEventType } from './events.js';

export const ENTRY_LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
export type EntryLevel = (typeof ENTRY_LEVELS)[number];

/** One line of the log of a run. */
export interface LogEntry {
  /** ISO 8601, UTC, by the clock of the writer. */
  readonly timestamp: string;
  readonly level: EntryLevel;
  readonly event_type: RunEventType;
  /** Id of the run record. */
  readonly run_id: RunId;
  readonly gid: string;
  readonly message: string;
  /** Data of the event beyond the fields above. */
  readonly payload: Readonly<Record<string, string | number | null>>;
}

/** Events are information, faults are errors, and repetitions of run_start are for debugging. */
export function eventLevel(event: RunEvent): EntryLevel {
  if (event.type === 'fault') return 'ERROR';
  return event.type === 'tick_loop_start' ? 'DEBUG' : 'INFO';
}

/** The event as one sentence. */
function eventMessage(event: RunEvent): string {
  switch (event.type) {
    case 'run_start':
      return `Run ${event.run_id} starts: ${String(event.ticks_total)} ticks, ${String(event.nodes)} nodes, ${String(event.edges)} edges`;
    case 'tick_loop_start':
      return 'Tick loop starts';
    case 'tick_complete':
      return `Tick ${String(event.tick)} complete`;
    case 'window_closed':
      return `Window ${event.window_id} closed at tick ${String(event.tick)}`;
    case 'run_end':
      return `Run ends after ${String(event.ticks_completed)} ticks`;
    case 'fault':
      return `${event.code}: ${event.message}`;
  }
}

/** The entry for an event, with the given time. */
export function logEntry(event: RunEvent, timestamp: string, run: RunId): LogEntry {
  const { type, gid, run_id: config_run_id, ...payload } = event;
  return {
    timestamp,
    level: eventLevel(event),
    event_type: type,
    run_id: run,
    gid,
    message: eventMessage(event),
    payload: { config_run_id, ...payload },
  };
}
