import type { BatchCounts, BatchGoldenIssue, WireBatchVerdict } from './batch-verdict.js';
import {
  flag,
  freeObject,
  id,
  instant,
  integer,
  list,
  object,
  oneOf,
  orNull,
  ref,
  text,
  type WireSchema,
} from './schema.js';

const BATCH_STATES = ['running', 'completed', 'failed', 'cancelled'] as const;
export type WireBatchState = (typeof BATCH_STATES)[number];

/** Body of POST /batches; what is given selects together, nothing given selects all. */
export interface StartBatch {
  readonly manifests?: readonly string[];
  readonly tags?: readonly string[];
  readonly scenarios?: readonly string[];
  readonly force?: boolean;
  readonly dry_run?: boolean;
}

const words = (of: string): WireSchema =>
  list(text(of, { minLength: 1, maxLength: 500 }), 'What to select; left out selects all.', {
    maxItems: 1000,
  });

export const START_BATCH: WireSchema = object(
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

export interface BatchSummaryEntry {
  readonly batch_id: string;
  readonly state: WireBatchState;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly total: number;
  /** Runs that came to their end: completed, faulted as expected, cached or failed. */
  readonly done: number;
  readonly cached: number;
  readonly failed: number;
  readonly counts: BatchCounts;
  /** Null until it ends. */
  readonly verdict: WireBatchVerdict | null;
  readonly manifests: readonly string[];
}

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
  counts: ref('BatchCounts'),
  verdict: orNull(ref('BatchVerdict')),
  manifests: list(text('A manifest.'), 'Where its scenarios come from.'),
};

export const BATCH_SUMMARY: WireSchema = object('A batch.', SUMMARY_FIELDS);

export interface BatchRun {
  readonly name: string;
  readonly scenario_id: string;
  /** waiting, running, or how it ended. */
  readonly state: string;
  /** Ended as expected: tells an expected fault from another. Null before it ends, and when the record does not say. */
  readonly ok: boolean | null;
  /** Why it is executed, or not. */
  readonly reason: Readonly<Record<string, unknown>> | null;
  readonly run_id: string | null;
  readonly ticks_completed: number;
  readonly ticks_total: number;
  readonly fault_reason?: string;
}

export interface BatchDetail extends BatchSummaryEntry {
  readonly runs: readonly BatchRun[];
  readonly golden_issues: readonly BatchGoldenIssue[];
}

export const BATCH_DETAIL: WireSchema = object('A batch with its plan.', {
  ...SUMMARY_FIELDS,
  runs: list(ref('BatchRun'), 'In the order of the plan.'),
  golden_issues: list(ref('BatchGoldenIssue'), 'Goldens that do not agree, or were not judged.'),
});

export const BATCH_RUN: WireSchema = object(
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
);
