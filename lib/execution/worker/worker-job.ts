import { AetherError } from '../../base/errors.js';
import { Stopwatch } from '../../base/stopwatch.js';
import type { StagedBlob } from '../../store/port.js';
import { RunExecution, StagingError, type ExecutionSurroundings } from '../run-execution.js';
import { ControlBlock } from '../control-block.js';
import type { RunJob, RunJobResult } from '../run-job.js';

/** Answer of a worker thread. Errors are sent as data, because structured clone drops their code. */
export type WorkerReply =
  | { readonly ok: true; readonly result: RunJobResult }
  /** The job was withdrawn before its start. */
  | { readonly ok: false; readonly code: null }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly staged: readonly StagedBlob[];
    };

/**
 * Called before the first tick of a run, after every tick before it is published, and before it pauses; must
 * be fast and not throw.
 */
export type RunWatcher = (run: RunExecution) => void;

/** Computes one job on the calling thread without ever yielding. */
export function runWorkerJob(job: RunJob, around: ExecutionSurroundings, watch?: RunWatcher): WorkerReply {
  if (!new ControlBlock(job.control).begin()) return { ok: false, code: null };
  const clock = job.quick === true ? new Stopwatch(around.clock) : undefined;
  try {
    const run = new RunExecution(job, around);
    const look = watch && ((): void => watch(run));
    look?.();
    do run.control.waitWhilePaused(look);
    while (run.advance(look));
    look?.();
    const result = run.finish();
    const computed = clock && { started: clock.started, took_ms: clock.elapsed };
    return { ok: true, result: computed === undefined ? result : { ...result, computed } };
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    const staged = error instanceof StagingError ? error.staged : [];
    return { ok: false, code: error.code, message: error.message, staged };
  }
}
