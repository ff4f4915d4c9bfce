import type { AetherError } from '../../base/errors.js';
import type { RunJobResult } from '../../execution/run-job.js';
import type { Ending } from '../../execution/run-record.js';
import type { RunFailure } from '../../store/records.js';
import type { RunHandle } from './run-handle.js';

/** How a run ended that came back from its thread. */
export function endingOf(handle: RunHandle, result: RunJobResult): Ending {
  const { outcome } = result;
  return outcome.state === 'cancelled' ? stoppedEnding(handle, result.ticks_completed) : outcome;
}

function stoppedEnding({ stopReason, plan }: RunHandle, ticks: number): Ending {
  const after = `stopped after tick ${String(ticks)}`;
  const make = (state: Ending['state'], code: string, message: string): Ending => ({
    state,
    failure: { code, message, tick: ticks, place: null },
  });
  if (stopReason === 'timed_out') {
    return make('timed_out', 'RUN_TIMED_OUT', `did not finish within ${String(plan.timeout_ms)} ms`);
  }
  if (stopReason === 'shut_down')
    return make('cancelled', 'RUN_CANCELLED', `${after} because the service shut down`);
  return make('cancelled', 'RUN_CANCELLED', after);
}

/** How a run ended whose thread did not come back. */
export function abandonedEnding(handle: RunHandle, error: AetherError, ticks: number): Ending {
  const failed = (failure: RunFailure): Ending => ({ state: 'failed', failure });
  if (handle.givenUp !== null) return failed(handle.givenUp);
  if (handle.stopReason !== null && error.code === 'WORKER_ABANDONED') {
    const ending = stoppedEnding(handle, ticks);
    const message = `${ending.failure!.message}; its worker did not answer, so its ticks are lost`;
    return { ...ending, failure: { ...ending.failure!, message } };
  }
  return failed({ code: error.code, message: error.message, tick: ticks, place: null });
}
