import { scenarioOfName } from '../../base/run-name.js';
import { batchVerdict } from '../../batch/verdict/batch-verdict.js';
import { GOLDENS_NOT_RECORDED } from '../../batch/verdict/golden-counts.js';
import { BATCH_VERDICT_VERSION, type BatchVerdict } from '../../store/batch-verdict.js';
import type { BatchRecord } from '../../store/record-types.js';
import { shownText } from '../shown-text.js';
import type { BatchDetail, BatchRun } from '../wire/batch.js';
import { batchCounts, doneOf, stateOf, wireVerdict } from './batch-verdict-view.js';

type Outcome = BatchRecord['outcomes'][number];

/**
 * A batch in the tree. For records of older versions, `isExpected` decides whether a run faulted as expected.
 */
export async function recordedBatch(
  batch: BatchRecord,
  isExpected: (outcome: Outcome) => Promise<boolean>,
): Promise<BatchDetail> {
  const runs: BatchRun[] = [];
  for (const outcome of batch.outcomes) runs.push(recordedRun(outcome, await okOf(outcome, isExpected)));
  const recorded = recordedVerdict(batch);
  const counts = recorded === undefined ? olderCounts(batch, runs) : batchCounts(runs);
  const verdict = recorded ?? olderVerdict(counts);
  return {
    batch_id: batch.id,
    // An older record does not contain why runs are left.
    state: recorded === undefined && isStopped(counts) ? 'cancelled' : stateOf(verdict),
    started_at: batch.started_at,
    ended_at: batch.ended_at,
    total: runs.length,
    done: doneOf(counts),
    cached: counts.cached,
    failed: counts.failed,
    counts,
    verdict: wireVerdict(verdict),
    manifests: batch.manifests.map(String),
    runs,
    golden_issues: verdict.goldens.issues.map((issue) => ({ ...issue, reason: shownText(issue.reason) })),
  };
}

function isStopped({ cancelled, not_started }: BatchDetail['counts']): boolean {
  return cancelled + not_started > 0;
}

/** Undefined if the record has another version. */
function recordedVerdict({ verdict }: BatchRecord): BatchVerdict | undefined {
  return verdict?.v === BATCH_VERDICT_VERSION ? verdict : undefined;
}

async function okOf(
  outcome: Outcome,
  isExpected: (outcome: Outcome) => Promise<boolean>,
): Promise<boolean | null> {
  if (outcome.ok !== undefined) return outcome.ok;
  switch (outcome.state) {
    case 'faulted':
      return isExpected(outcome);
    case 'completed':
    case 'cached':
      return null;
    default:
      return false;
  }
}

function recordedRun(outcome: Outcome, ok: boolean | null): BatchRun {
  const { name, state, run, ticks_completed = 0, ticks_total = 0, failure = null } = outcome;
  return {
    name,
    scenario_id: scenarioOfName(name),
    state,
    ok,
    reason: null,
    run_id: run,
    ticks_completed,
    ticks_total,
    ...(failure === null ? {} : { fault_reason: shownText(failure) }),
  };
}

/**
 * A record of an older version only has the number of failed runs, not which completed or cached runs failed.
 */
function olderCounts({ metrics }: BatchRecord, runs: readonly BatchRun[]): BatchDetail['counts'] {
  const counts = batchCounts(runs);
  const told = metrics as { readonly failed?: unknown } | null | undefined;
  const failed = typeof told?.failed === 'number' ? Math.max(told.failed, counts.failed) : counts.failed;
  const more = failed - counts.failed;
  const ofCompleted = Math.min(more, counts.completed);
  return {
    ...counts,
    failed,
    completed: counts.completed - ofCompleted,
    cached: Math.max(0, counts.cached - (more - ofCompleted)),
  };
}

function olderVerdict(counts: BatchDetail['counts']): BatchVerdict {
  const { waiting: _, running: __, ...ended } = counts;
  return batchVerdict({
    runs: { ...ended, selected: 0, executed: 0, shared: 0 },
    repeats: { checked: 0, disagreed: 0 },
    goldens: GOLDENS_NOT_RECORDED,
    stopped_by: null,
    store_error: null,
  });
}
