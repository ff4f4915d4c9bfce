import { STORED_RUN } from './records.js';
import { RUN_STATUS } from './run-status.js';
import {
  type Infer,
  flag,
  freeObject,
  id,
  instant,
  integer,
  object,
  oneOf,
  orNull,
  runId,
  text,
} from '../../base/schema.js';
import { named, ref } from './named-schema.js';

export const RUN_RESULTS = ['completed', 'fault', 'cancelled'] as const;
export type RunResult = (typeof RUN_RESULTS)[number];

/** An entry of GET /history. */
export const HISTORY_ENTRY = named(
  'HistoryEntry',
  object(
    'A past run.',
    {
      run_id: runId('Id of the run.'),
      name: id('Scenario id and varying inputs.'),
      scenario_id: id('Its scenario.'),
      started_at: instant('When it started.'),
      ended_at: instant('When it ended.'),
      result: oneOf(RUN_RESULTS, 'How it ended.'),
      expected: orNull(
        flag(
          'True if it ended as its scenario expects, including an expected fault; null when stopped or not recorded.',
        ),
      ),
      ticks_total: integer('Requested ticks.', { minimum: 0 }),
      ticks_completed: integer('Completed ticks.', { minimum: 0 }),
    },
    {
      summary_metrics: freeObject('A few of its metrics; absent when it has none.'),
      fault_reason: text('Why it ended early.'),
    },
  ),
);
export type HistoryEntry = Infer<typeof HISTORY_ENTRY>;

/** GET /history/{run_id}. */
export const HISTORY_DETAIL = named(
  'HistoryDetail',
  object(
    'One run.',
    { run: ref(RUN_STATUS), summary_metrics: freeObject('Its metrics; empty when it has none.') },
    {
      /** Absent while it runs. */
      record: ref(STORED_RUN),
    },
  ),
);
export type HistoryDetail = Infer<typeof HISTORY_DETAIL>;
