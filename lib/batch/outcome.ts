import type { Digest } from '../base/digest.js';
import type { RunFailure, RunState } from '../store/records.js';
import { unexpected } from '../execution/expectation.js';
import type { PlannedRun } from './plan/planned-run.js';

/** How one planned run ended in this batch. */
export interface RunOutcome {
  readonly name: string;
  readonly scenario: string;
  readonly input_key: Digest;
  readonly state: RunState | 'cached' | 'not_started';
  /** Completed, or faulted as expected, and agreeing with every other execution of the same inputs. */
  readonly ok: boolean;
  /** Id of the run record that stands for it; null when nothing was recorded. */
  readonly run: string | null;
  readonly result_digest: Digest | null;
  readonly ticks_completed: number;
  readonly ticks_total: number;
  /** Wall milliseconds of all its executions; 0 when cached. */
  readonly duration_ms: number;
  /**
   * Wall milliseconds of one execution of these inputs, by this call or by the run that stands for them; null when
   * none got to its end. Absent in reports of older versions.
   */
  readonly measured_ms?: number | null;
  /** Computations of this call, with repetitions and further attempts; 0 when cached, shared or never started. */
  readonly executions: number;
  /** Bytes of the artefacts its computations made. */
  readonly bytes: number;
  /** What is wrong with it; null when ok, and for runs that never started. */
  readonly failure: RunFailure | null;
}

/** What a run that was not computed cost. */
export const NOTHING_DONE = { duration_ms: 0, executions: 0, bytes: 0 } as const;

/** A run that nothing was begun for, and whose end is not that of another either. */
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

/** What is wrong with a run that the store has a result for already; null when nothing is, or when it has none. */
export function standingFailure({ action, expect, earlier }: PlannedRun): RunFailure | null {
  if (action !== 'cached' || earlier === null) return null;
  return unexpected(expect, earlier.state, earlier.failure);
}
