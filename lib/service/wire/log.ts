import { freeObject, instant, integer, list, object, oneOf, ref, text, type WireSchema } from './schema.js';

export const LOG_LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
export type WireLogLevel = (typeof LOG_LEVELS)[number];

export interface WireLogEntry {
  readonly timestamp: string;
  readonly level: WireLogLevel;
  readonly event_type: string;
  readonly run_id: string;
  readonly gid?: string;
  readonly message: string;
  readonly payload?: Readonly<Record<string, unknown>>;
}

export const LOG_ENTRY: WireSchema = object(
  'One line of a log.',
  {
    timestamp: instant('When it was written.'),
    level: oneOf(LOG_LEVELS, 'How grave it is.'),
    event_type: text('What happened.'),
    run_id: text('The run; empty for the service itself.'),
    message: text('The same for people.'),
  },
  { gid: text('Graph of the run.'), payload: freeObject('What the event carries.') },
);

/** GET /runs/{run_id}/logs. */
export interface LogPage {
  readonly entries: readonly WireLogEntry[];
  /** Where to go on. */
  readonly next_cursor: string;
  /** Entries before these that are no longer kept. */
  readonly dropped?: number;
}

export const LOG_PAGE: WireSchema = object(
  'A part of a log.',
  {
    entries: list(ref('LogEntry'), 'In the order they were written.'),
    next_cursor: text('Pass it as `since` to go on after these.'),
  },
  {
    dropped: integer(
      'Entries after the cursor and before these that are no longer kept; absent when there are none.',
      {
        minimum: 1,
      },
    ),
  },
);
