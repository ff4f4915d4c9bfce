import { freeObject, instant, integer, list, object, oneOf, text, type Infer } from '../../base/schema.js';
import { named, ref } from './named-schema.js';

export const LOG_LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
export type WireLogLevel = (typeof LOG_LEVELS)[number];

export const LOG_ENTRY = named(
  'LogEntry',
  object(
    'One line of a log.',
    {
      timestamp: instant('When it was written.'),
      level: oneOf(LOG_LEVELS, 'Its severity.'),
      event_type: text('Its type.'),
      run_id: text('The run; empty for the service itself.'),
      message: text('The message.'),
    },
    { gid: text('Graph of the run.'), payload: freeObject('Data of the event.') },
  ),
);
export type WireLogEntry = Infer<typeof LOG_ENTRY>;

/** GET /runs/{run_id}/logs. */
export const LOG_PAGE = named(
  'LogPage',
  object(
    'A part of a log.',
    {
      entries: list(ref(LOG_ENTRY), 'In the order they were written.'),
      next_cursor: text('Pass it as `since` to get the entries after these.'),
    },
    {
      dropped: integer(
        'Entries after the cursor and before these that are no longer kept; absent when there are none.',
        {
          minimum: 1,
        },
      ),
    },
  ),
);
export type LogPage = Infer<typeof LOG_PAGE>;
