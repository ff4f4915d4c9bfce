import { flag, integer, list, object, oneOf, orNull, text, type Infer } from '../../base/schema.js';
import { named } from './named-schema.js';

const runs = (of: string) => integer(`Runs ${of}.`, { minimum: 0 });

export const BATCH_COUNTS = named(
  'BatchCounts',
  object('Runs by state; the counts add up to the total.', {
    waiting: runs('that wait'),
    running: runs('being computed'),
    completed: runs('completed as expected'),
    faulted_as_expected: runs('that faulted as their scenario expects'),
    cached: runs('cached as expected'),
    failed: runs('that ended otherwise than expected'),
    cancelled: runs('stopped before their end'),
    not_started: runs('never started'),
  }),
);
export type BatchCounts = Infer<typeof BATCH_COUNTS>;

const GOLDEN_SCOPES = ['judged', 'off', 'not_recorded'] as const;

const goldens = (of: string) => integer(`Goldens ${of}.`, { minimum: 0 });

const BATCH_GOLDENS = object('State of the goldens of its runs.', {
  scope: oneOf(
    GOLDEN_SCOPES,
    'off: the judgement was disabled; not_recorded: the record is of an older version.',
  ),
  why: orNull(text('Why they were not judged.')),
  wanted: orNull(integer('Runs whose manifests request a golden; null when not recorded.', { minimum: 0 })),
  agree: goldens('that agree'),
  changed: goldens('whose run gave another result'),
  missing: goldens('that are missing'),
  damaged: goldens('that are inconsistent'),
  obsolete: goldens('that no manifest requests'),
  not_judged: goldens('that were not judged; see golden_issues'),
  accepted: goldens('replaced by this batch'),
  removed: goldens('removed by this batch'),
});
export type BatchGoldens = Infer<typeof BATCH_GOLDENS>;

export const BATCH_VERDICT = named(
  'BatchVerdict',
  object('Verdict of a batch; the same as its exit code.', {
    /** Null if the record is of an older version, nothing failed, and goldens are not recorded. */
    ok: orNull(flag('True if every selected run and golden is as expected; null when not recorded.')),
    reasons: list(
      object('Why it is not ok.', { code: text('Stable code.'), message: text('One sentence.') }),
      'Most pressing first; empty when ok.',
    ),
    repeats: object('Results compared with another execution of the same inputs.', {
      checked: integer('Runs compared.', { minimum: 0 }),
      disagreed: integer('Runs that gave another result.', { minimum: 0 }),
    }),
    goldens: BATCH_GOLDENS,
    stopped_by: orNull(text('Why no more runs were started; null when all were.')),
    store_error: orNull(text('Code of the error that kept results from being stored.')),
  }),
);
export type WireBatchVerdict = Infer<typeof BATCH_VERDICT>;

export const BATCH_GOLDEN_ISSUE = named(
  'BatchGoldenIssue',
  object('A golden that does not agree, or was not judged.', {
    name: text('Run name, or name of the golden.'),
    code: text('GOLDEN_CHANGED, _MISSING, _DAMAGED, _OBSOLETE or _NOT_JUDGED.'),
    ok: flag('False if it fails the batch.'),
    reason: text('What differs, or why it was not judged.'),
  }),
);
export type BatchGoldenIssue = Infer<typeof BATCH_GOLDEN_ISSUE>;
