import type { BatchVerdict } from '../../store/batch-verdict.js';
import { shownText } from '../shown-text.js';
import type { BatchCounts, WireBatchVerdict } from '../wire/batch-verdict.js';
import type { BatchRun, WireBatchState } from '../wire/batch.js';

/** Number of runs by state. A completed or cached run counts as such unless its record states otherwise. */
export function batchCounts(runs: readonly Pick<BatchRun, 'state' | 'ok'>[]): BatchCounts {
  const counts = {
    waiting: 0,
    running: 0,
    completed: 0,
    faulted_as_expected: 0,
    cached: 0,
    failed: 0,
    cancelled: 0,
    not_started: 0,
  };
  for (const run of runs) counts[countedAs(run)]++;
  return counts;
}

function countedAs({ state, ok }: Pick<BatchRun, 'state' | 'ok'>): keyof BatchCounts {
  switch (state) {
    case 'waiting':
    case 'running':
    case 'cancelled':
    case 'not_started':
      return state;
    case 'faulted':
      return ok === true ? 'faulted_as_expected' : 'failed';
    case 'completed':
    case 'cached':
      return ok === false ? 'failed' : state;
    default:
      return 'failed';
  }
}

/** Number of runs that ended. */
export function doneOf({ completed, faulted_as_expected, cached, failed }: BatchCounts): number {
  return completed + faulted_as_expected + cached + failed;
}

/** The state of an ended batch, as in the list of batches. */
export function stateOf({ ok, stopped_by }: BatchVerdict): WireBatchState {
  if (ok) return 'completed';
  return stopped_by === 'interrupted' ? 'cancelled' : 'failed';
}

/** A verdict in API form, without the single goldens. */
export function wireVerdict(verdict: BatchVerdict): WireBatchVerdict {
  const { ok, reasons, repeats, stopped_by, store_error } = verdict;
  const { issues: _, ...goldens } = verdict.goldens;
  return {
    // Nothing failed, and the state of the goldens is unknown.
    ok: ok && goldens.scope === 'not_recorded' ? null : ok,
    reasons: reasons.map(({ code, message }) => ({ code, message: shownText(message) })),
    repeats,
    goldens,
    stopped_by,
    store_error,
  };
}
