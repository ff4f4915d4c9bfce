import { AetherError } from '../../base/errors.js';
import type { StagedBlob } from '../../store/port.js';
import { RunExecution, StagingError, type ExecutionSurroundings } from './run-execution.js';
import type { RunJob, RunJobResult } from './run-job.js';

/** What a worker thread answers. Errors travel as data, because structured clone drops their code. */
export type WorkerReply =
  | { readonly ok: true; readonly result: RunJobResult }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly staged: readonly StagedBlob[];
    };

/**
 * Looks at a run before its first tick, after every tick before others hear of it, and before it waits; must be quick and not
 * throw.
 */
export type RunWatcher = (run: RunExecution) => void;

/** Computes one job on the calling thread without ever yielding. */
export function runWorkerJob(job: RunJob, around: ExecutionSurroundings, watch?: RunWatcher): WorkerReply {
  try {
    const run = new RunExecution(job, around);
    const look = watch && ((): void => watch(run));
    look?.();
    do run.control.waitWhilePaused(look);
    while (run.advance(look));
    look?.();
    return { ok: true, result: run.finish() };
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    const staged = error instanceof StagingError ? error.staged : [];
    return { ok: false, code: error.code, message: error.message, staged };
  }
}
