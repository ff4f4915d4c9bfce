import type { Digest } from '../../base/digest.js';
import type { BatchRecord } from '../../store/records.js';

/** What a comparison needs to know of one run of a batch. */
export interface SideRun {
  readonly name: string;
  readonly input_key: Digest;
  readonly state: BatchRecord['outcomes'][number]['state'];
  /** Id of the run record that stands for it; null when nothing was recorded. */
  readonly run: string | null;
  readonly result_digest: Digest | null;
  /** Ended as expected; null where an older record does not say. */
  readonly ok: boolean | null;
  /** Milliseconds of one execution, by this batch or by the run that it took; null if unknown. */
  readonly measured_ms: number | null;
  /** What is wrong with it, in one line; null when ok or left. */
  readonly failure: string | null;
}

/** One of the two batches that are compared. */
export interface BatchSide {
  readonly batch: string;
  /** ISO 8601; null where a report does not say. */
  readonly started_at: string | null;
  readonly runs: readonly SideRun[];
}

/** A recorded batch as one side. */
export function sideOfRecord({ id, started_at, outcomes }: BatchRecord): BatchSide {
  return { batch: id, started_at, runs: outcomes.map(sideRun) };
}

function sideRun(outcome: BatchRecord['outcomes'][number]): SideRun {
  const { name, input_key, state, run, result_digest, duration_ms } = outcome;
  // Older records have the time of all executions alone, which is that of one where nothing was repeated.
  const { ok = null, failure = null, measured_ms = duration_ms > 0 ? duration_ms : null } = outcome;
  return { name, input_key, state, run, result_digest, ok, measured_ms, failure };
}
