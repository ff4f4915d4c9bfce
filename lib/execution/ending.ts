import type { AetherError } from '../base/errors.js';
import type { RunFailure, RunState } from '../store/record-types.js';
import { NOTHING_MADE, type RunJobResult } from './run-job.js';
import type { StopReason, SupervisedRun } from './supervised-run.js';

/** End of an execution, with the reason of a stop. */
export interface Ending {
  readonly state: RunState;
  readonly failure: RunFailure | null;
}

/**
 * The end of a run that returned from its executor. The session only knows that it was stopped, its
 * supervision knows why.
 */
export function endingOf(run: SupervisedRun, { outcome, ticks_completed }: RunJobResult): Ending {
  return outcome.state === 'cancelled' ? stoppedEnding(run, ticks_completed) : outcome;
}

/** An execution that ended, staged but not yet published. */
export interface EndedExecution {
  readonly result: RunJobResult;
  readonly ending: Ending;
}

/** A run that did not return, with the result of a run that made nothing. */
export function lostExecution(run: SupervisedRun, error: AetherError): EndedExecution {
  const ending = lostEnding(run, error);
  const outcome = { state: 'failed', failure: ending.failure } as const;
  return { ending, result: { ...NOTHING_MADE, outcome, ticks_completed: run.control.ticksCompleted } };
}

/** The end of a run that did not return: the executor failed, or the run was abandoned. */
function lostEnding(run: SupervisedRun, error: AetherError): Ending & { readonly failure: RunFailure } {
  const tick = run.control.ticksCompleted;
  if (run.givenUp !== null) return { state: 'failed', failure: run.givenUp };
  if (run.stopped === null)
    return { state: 'failed', failure: { code: error.code, message: error.message, tick, place: null } };
  const { state, failure } = stoppedEnding(run, tick);
  const message = `${failure.message}; its worker did not answer, so what it computed is lost`;
  return { state, failure: { ...failure, message } };
}

function stoppedEnding(run: SupervisedRun, tick: number): Ending & { readonly failure: RunFailure } {
  const reason = run.stopped ?? 'cancelled';
  const isLate = reason === 'timed_out' || reason === 'batch_timed_out';
  const code = isLate ? 'RUN_TIMED_OUT' : 'RUN_CANCELLED';
  const message = TEXTS[reason](tick, run.timeout_ms);
  return { state: isLate ? 'timed_out' : 'cancelled', failure: { code, message, tick, place: null } };
}

const TEXTS: Readonly<Record<StopReason, (tick: number, limit: number | null) => string>> = {
  cancelled: (tick) => `stopped after tick ${String(tick)}`,
  shut_down: (tick) => `stopped after tick ${String(tick)} because the service shut down`,
  timed_out: (_, limit) => `did not finish within ${String(limit)} ms`,
  batch_timed_out: () => 'did not finish in the time the batch has',
};
