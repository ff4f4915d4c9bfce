import { constant, count, flag, list, oneOf, orNull, record, text, type Infer } from '../base/schema.js';

/** Version of the shape below; raised when a field changes its meaning or is removed. */
export const BATCH_VERDICT_VERSION = 1;

const GOLDEN_ISSUE = record('A golden that does not agree, or that could not be judged.', {
  name: text('Run name, the name of an obsolete golden, or a shard whose goldens were not judged.'),
  code: text(
    'GOLDEN_CHANGED, GOLDEN_MISSING, GOLDEN_RENAMED, GOLDEN_DAMAGED, GOLDEN_OBSOLETE or GOLDEN_NOT_JUDGED.',
  ),
  ok: flag(
    'False if it fails the batch; true for a golden that is not judged because the caller overrides its inputs.',
  ),
  reason: text('One line: the difference, or why it is not judged.'),
});
export type GoldenIssue = Infer<typeof GOLDEN_ISSUE>;

const GOLDEN_COUNTS = record('Result of comparing a batch with its goldens, as counts.', {
  scope: oneOf(
    ['judged', 'off', 'not_recorded'],
    'judged: they were judged. off: the caller disabled the judgement. not_recorded: the batch is of an older version, which did not record it.',
  ),
  why: orNull(text('Why the goldens were not judged; null if they were, or if it is not recorded.')),
  wanted: orNull(count('Selected runs whose manifests request a golden; null if it is not recorded.')),
  agree: count('Goldens that agree.'),
  changed: count('Goldens whose run gave another result.'),
  missing: count('Missing goldens, including those under a former name of the run: `renamedCount` of them.'),
  damaged: count('Goldens that are inconsistent.'),
  obsolete: count('Goldens that no manifest requests.'),
  not_judged: count('Goldens that were not judged.'),
  accepted: count('Results that this batch accepted as goldens (`-u`).'),
  removed: count('Obsolete goldens that this batch removed (`-u all`).'),
  issues: list(GOLDEN_ISSUE, 'Goldens that do not agree, or could not be judged.'),
});
export type GoldenCounts = Infer<typeof GOLDEN_COUNTS>;

/** The missing goldens that exist under a former name of their run. */
export function renamedCount({ issues }: Pick<GoldenCounts, 'issues'>): number {
  return issues.filter(({ code }) => code === 'GOLDEN_RENAMED').length;
}

const RUN_COUNTS = record(
  'The runs of a batch by end state; `selected` is the sum of all but `executed` and `shared`.',
  {
    selected: count('Selected runs.'),
    executed: count('Runs computed by this call, with any end.'),
    completed: count('Completed runs.'),
    faulted_as_expected: count('Faulted as expected.'),
    cached: count('Cached runs.'),
    shared: count('Cached runs whose result was computed by another run of this batch.'),
    failed: count('Runs that ended otherwise than expected.'),
    cancelled: count('Stopped runs.'),
    not_started: count('Runs that never started.'),
  },
);
export type RunCounts = Infer<typeof RUN_COUNTS>;

const REASON = record('A reason of a verdict that is not ok.', {
  code: text('Stable code.'),
  message: text('One sentence.'),
});
export type VerdictReason = Infer<typeof REASON>;

/** Computed once, recorded, and shown by every report and view (batch contract, section 7). */
export const BATCH_VERDICT = record('The verdict of a batch.', {
  v: constant(BATCH_VERDICT_VERSION, 'Version of the shape.'),
  ok: flag('True if every selected run and every golden is as expected, and no run is left.'),
  reasons: list(REASON, 'The reasons, the most important first; empty if ok.'),
  runs: RUN_COUNTS,
  repeats: record('Runs whose result was compared with another execution of the same inputs.', {
    checked: count('Compared runs.'),
    disagreed: count('Runs that gave another result.'),
  }),
  goldens: GOLDEN_COUNTS,
  stopped_by: orNull(text('Why no more runs were started before the end; null if all were started.')),
  store_error: orNull(text('Code of the store error, if results could not be stored.')),
});
export type BatchVerdict = Infer<typeof BATCH_VERDICT>;
