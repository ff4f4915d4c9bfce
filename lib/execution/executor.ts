import type { RunJob, RunJobResult } from './run-job.js';

/**
 * Where runs are computed. Obligations of every adapter:
 * - the same job gives the same artefacts and digests, whichever adapter, slot or order;
 * - a stop asked for through the control block ends the run before its next tick, with what was computed;
 * - a fault or an exception of the engine resolves, as `faulted` or `failed`;
 * - what the run could not help (a dead worker, exhausted memory, a store that cannot stage) rejects with an
 *   AetherError coded WORKER_* or STORE_*, fails that job alone, and leaves the executor usable;
 * - aborting the signal gives the job up: it rejects even if its thread never comes back;
 * - a quick job that was withdrawn before it began rejects with NotBegun.
 */
export interface Executor {
  /** How many jobs it computes at once. */
  readonly slots: number;
  /** How many quick jobs it takes for each slot, so that no slot waits for the next one; 1 when absent. */
  readonly quick_per_slot?: number;
  execute(job: RunJob, signal: AbortSignal): Promise<RunJobResult>;
  /** Ends threads; jobs under way are given up. */
  close(): Promise<void>;
}

/** The job was withdrawn before it began; nothing of it was computed. */
export class NotBegun extends Error {
  override readonly name = 'NotBegun';

  constructor() {
    super('the job was withdrawn before it began');
  }
}
