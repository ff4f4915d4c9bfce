import type { Digest } from '../base/digest.js';
import type { RunId } from '../base/run-id.js';
import type { RunFailure, RunState } from '../store/record-types.js';
import { unexpected } from '../execution/expectation.js';
import type { PlannedRun } from './plan/planned-run.js';

/** The end of a planned run in this batch. */
export interface RunOutcome {
  readonly name: string;
  readonly scenario: string;
  readonly input_key: Digest;
  readonly state: RunState | 'cached' | 'not_started';
  /** Completed, or faulted as expected, with the same result as every other execution of the same inputs. */
  readonly ok: boolean;
  /** Id of the run record with its result; null if nothing was recorded. */
  readonly run: RunId | null;
  readonly result_digest: Digest | null;
  readonly ticks_completed: number;
  readonly ticks_total: number;
  /** Wall time of all its executions in milliseconds; 0 if cached. */
  readonly duration_ms: number;
  /**
   * Wall time of one execution of these inputs in milliseconds, by this call or by the run with its result;
   * null if none ended. Absent in reports of older versions.
   */
  readonly measured_ms?: number | null;
  /** Computations of this call, including repetitions and retries; 0 if cached, shared or not started. */
  readonly executions: number;
  /** Bytes of the artefacts of its computations. */
  readonly bytes: number;
  /** Why it failed; null if ok, and for runs that were not started. */
  readonly failure: RunFailure | null;
}

/** Cost of a run that was not computed. */
export const NOTHING_DONE = { duration_ms: 0, executions: 0, bytes: 0 } as const;

/** A run that was not started, and that shares no result. */
export function leftOutcome({ name, scenario, input_key, ticks_total }: PlannedRun): RunOutcome {
  const nothing = { run: null, result_digest: null, ticks_completed: 0, measured_ms: null, failure: null };
  return {
    name,
    scenario,
    input_key,
    state: 'not_started',
    ok: false,
    ticks_total,
    ...nothing,
    ...NOTHING_DONE,
  };
}

/** The reason why a stored result counts as a failed run; null if it does not, or if there is no result. */
export function standingFailure({ action, expect, earlier }: PlannedRun): RunFailure | null {
  if (action !== 'cached' || earlier === null) return null;
  return unexpected(expect, earlier.state, earlier.failure);
}
