import type { RunJob, RunJobResult } from './run-job.js';

/**
 * Computes runs. Obligations of every adapter:
 * - the same job gives the same artefacts and digests, for any adapter, slot or order;
 * - a stop request through the control block ends the run before its next tick, with the computed artefacts;
 * - a fault or an exception of the engine resolves, as `faulted` or `failed`;
 * - failures of the environment (a dead worker, exhausted memory, a store that cannot stage) reject with an
 *   AetherError coded WORKER_* or STORE_*, fail only that job, and leave the executor usable;
 * - aborting the signal abandons the job: it rejects even if its thread never returns;
 * - a quick job that was withdrawn before its start rejects with NotBegun.
 */
export interface Executor {
  /** Maximum of concurrent jobs. */
  readonly slots: number;
  /** Number of quick jobs per slot, so that no slot waits for the next one; default 1. */
  readonly quick_per_slot?: number;
  execute(job: RunJob, signal: AbortSignal): Promise<RunJobResult>;
  /** Ends threads; running jobs are abandoned. */
  close(): Promise<void>;
}

/** The job was withdrawn before its start; nothing was computed. */
export class NotBegun extends Error {
  override readonly name = 'NotBegun';

  constructor() {
    super('the job was withdrawn before it began');
  }
}
