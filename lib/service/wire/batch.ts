import { BATCH_COUNTS, BATCH_GOLDEN_ISSUE, BATCH_VERDICT } from './batch-verdict.js';
import {
  flag,
  freeObject,
  id,
  instant,
  integer,
  list,
  named,
  object,
  oneOf,
  orNull,
  ref,
  text,
  type Infer,
} from './schema.js';

const BATCH_STATES = ['running', 'completed', 'failed', 'cancelled'] as const;
export type WireBatchState = (typeof BATCH_STATES)[number];

const words = (of: string) =>
  list(text(of, { minLength: 1, maxLength: 500 }), 'What to select; left out selects all.', {
    maxItems: 1000,
  });

/** Body of POST /batches; what is given selects together, nothing given selects all. */
export const START_BATCH = object(
  'Which scenarios to run.',
  {},
  {
    manifests: words('Name or file of a loaded manifest.'),
    tags: words('A tag.'),
    scenarios: words('A scenario id.'),
    force: flag('Execute even what the tree already has.'),
    dry_run: flag('Only plan.'),
  },
);
export type StartBatch = Infer<typeof START_BATCH>;

const SUMMARY_FIELDS = {
  batch_id: id('Id of the batch.'),
  state: oneOf(BATCH_STATES, 'What it is doing.'),
  started_at: instant('When it started.'),
  ended_at: orNull(instant('When it ended.')),
  total: integer('Runs in its plan.', { minimum: 0 }),
  done: integer('Runs that came to their end: completed, faulted as expected, cached or failed.', {
    minimum: 0,
  }),
  cached: integer('Runs whose result was there already.', { minimum: 0 }),
  failed: integer('Runs that ended otherwise than expected.', { minimum: 0 }),
  counts: ref(BATCH_COUNTS),
  /** Null until it ends. */
  verdict: orNull(ref(BATCH_VERDICT)),
  manifests: list(text('A manifest.'), 'Where its scenarios come from.'),
};

export const BATCH_SUMMARY = named('BatchSummary', object('A batch.', SUMMARY_FIELDS));
export type BatchSummaryEntry = Infer<typeof BATCH_SUMMARY>;

export const BATCH_RUN = named(
  'BatchRun',
  object(
    'One run of a batch.',
    {
      name: id('Run name.'),
      scenario_id: text('Its scenario; empty when the record does not say.'),
      state: text('waiting, running, or how it ended.'),
      ok: orNull(
        flag('Ended as expected, an expected fault included; null before that, or when not recorded.'),
      ),
      reason: orNull(freeObject('Why the plan executes it or not.')),
      run_id: orNull(id('The run that stands for it.')),
      ticks_completed: integer('Ticks done.', { minimum: 0 }),
      ticks_total: integer('Ticks asked for; 0 when the record does not say.', { minimum: 0 }),
    },
    { fault_reason: text('Why it is no success.') },
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
