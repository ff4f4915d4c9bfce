import { BATCH_COUNTS, BATCH_GOLDEN_ISSUE, BATCH_VERDICT } from './batch-verdict.js';
import {
  type Infer,
  flag,
  freeObject,
  id,
  instant,
  integer,
  list,
  object,
  oneOf,
  orNull,
  runId,
  text,
} from '../../base/schema.js';
import { named, ref } from './named-schema.js';

const BATCH_STATES = ['running', 'completed', 'failed', 'cancelled'] as const;
export type WireBatchState = (typeof BATCH_STATES)[number];

const words = (of: string) =>
  list(text(of, { minLength: 1, maxLength: 500 }), 'The selection; default all.', {
    maxItems: 1000,
  });

/** Body of POST /batches; all given fields restrict the selection, without any all are selected. */
export const START_BATCH = object(
  'The scenarios to run.',
  {},
  {
    manifests: words('Name or file of a loaded manifest.'),
    tags: words('A tag.'),
    scenarios: words('A scenario id.'),
    force: flag('Execute every run, even if its result is stored.'),
    dry_run: flag('Only plan.'),
  },
);
export type StartBatch = Infer<typeof START_BATCH>;

const SUMMARY_FIELDS = {
  batch_id: id('Id of the batch.'),
  state: oneOf(BATCH_STATES, 'State of the batch.'),
  started_at: instant('When it started.'),
  ended_at: orNull(instant('When it ended.')),
  total: integer('Runs in its plan.', { minimum: 0 }),
  done: integer('Runs that ended: completed, faulted as expected, cached or failed.', {
    minimum: 0,
  }),
  cached: integer('Runs whose result was cached.', { minimum: 0 }),
  failed: integer('Runs that ended otherwise than expected.', { minimum: 0 }),
  counts: ref(BATCH_COUNTS),
  /** Null until it ends. */
  verdict: orNull(ref(BATCH_VERDICT)),
  manifests: list(text('A manifest.'), 'Its manifests.'),
};

export const BATCH_SUMMARY = named('BatchSummary', object('A batch.', SUMMARY_FIELDS));
export type BatchSummaryEntry = Infer<typeof BATCH_SUMMARY>;

export const BATCH_RUN = named(
  'BatchRun',
  object(
    'One run of a batch.',
    {
      name: id('Run name.'),
      scenario_id: text('Its scenario; empty when not recorded.'),
      state: text('waiting, running, or how it ended.'),
      ok: orNull(
        flag('Ended as expected, an expected fault included; null before that, or when not recorded.'),
      ),
      reason: orNull(freeObject('Why the plan executes it or not.')),
      run_id: orNull(runId('The run with its result.')),
      ticks_completed: integer('Ticks done.', { minimum: 0 }),
      ticks_total: integer('Requested ticks; 0 when not recorded.', { minimum: 0 }),
    },
    { fault_reason: text('Why it failed.') },
  ),
);
export type BatchRun = Infer<typeof BATCH_RUN>;

export const BATCH_DETAIL = named(
  'BatchDetail',
  object('A batch with its plan.', {
    ...SUMMARY_FIELDS,
    runs: list(ref(BATCH_RUN), 'In the order of the plan.'),
    golden_issues: list(ref(BATCH_GOLDEN_ISSUE), 'Goldens that do not agree, or were not judged.'),
  }),
);
export type BatchDetail = Infer<typeof BATCH_DETAIL>;
