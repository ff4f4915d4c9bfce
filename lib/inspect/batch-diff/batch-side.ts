import type { Digest } from '../../base/digest.js';
import type { RunId } from '../../base/run-id.js';
import type { BatchRecord } from '../../store/record-types.js';

/** Fields of a run of a batch that a comparison needs. */
export interface SideRun {
  readonly name: string;
  readonly input_key: Digest;
  readonly state: BatchRecord['outcomes'][number]['state'];
  /** Id of the run record with its result; null if nothing was recorded. */
  readonly run: RunId | null;
  readonly result_digest: Digest | null;
  /** True if it ended as expected; null if an older record does not contain it. */
  readonly ok: boolean | null;
  /**
   * Duration of one execution in milliseconds, by this batch or by the run that it reused; null if unknown.
   */
  readonly measured_ms: number | null;
  /** Its failure, in one line; null if ok or left. */
  readonly failure: string | null;
}

/** One side of a comparison of batches. */
export interface BatchSide {
  readonly batch: string;
  /** ISO 8601; null if a report does not contain it. */
  readonly started_at: string | null;
  readonly runs: readonly SideRun[];
}

/** A recorded batch as one side. */
export function sideOfRecord({ id, started_at, outcomes }: BatchRecord): BatchSide {
  return { batch: id, started_at, runs: outcomes.map(sideRun) };
}

function sideRun(outcome: BatchRecord['outcomes'][number]): SideRun {
  const { name, input_key, state, run, result_digest, duration_ms } = outcome;
  // Older records have only the time of all executions, which is that of one if nothing was repeated.
  const { ok = null, failure = null, measured_ms = duration_ms > 0 ? duration_ms : null } = outcome;
  return { name, input_key, state, run, result_digest, ok, measured_ms, failure };
}
