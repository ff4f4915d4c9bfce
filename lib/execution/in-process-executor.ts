import { AetherError } from '../base/errors.js';
import { nextTurn } from '../platform/yield-timer.js';
import type { Executor } from './executor.js';
import { RunExecution, type ExecutionSurroundings } from './run-execution.js';
import type { RunJob, RunJobResult } from './run-job.js';
import type { BlobStager, StagerSpec } from '../store/port.js';

export interface InProcessOptions extends Omit<ExecutionSurroundings, 'stager'> {
  readonly slots: number;
  readonly openStager: (spec: StagerSpec) => BlobStager;
  /** Yields to other work of the process; by default one turn of the event loop, without a delay. */
  readonly giveWay?: () => Promise<unknown>;
}

/** Milliseconds of computing between two yields. */
const SLICE_MS = 10;

/**
 * Computes runs on the calling thread, in slices. A tick that never ends cannot be aborted; use workers for
 * that.
 */
export class InProcessExecutor implements Executor {
  readonly slots: number;
  readonly #options: InProcessOptions;
  #closed = false;

  constructor(options: InProcessOptions) {
    this.slots = options.slots;
    this.#options = options;
  }

  async execute(job: RunJob, signal: AbortSignal): Promise<RunJobResult> {
    const { clock, openLog, openStager, giveWay = nextTurn } = this.#options;
    const run = new RunExecution(job, { clock, openLog, stager: openStager(job.stager) });
    let sliceEnd = clock.monotonic() + SLICE_MS;
    while (this.#mayGoOn(signal) && run.advance()) {
      if (clock.monotonic() < sliceEnd && !run.control.paused) continue;
      do await giveWay();
      while (run.control.paused && !run.control.stopRequested && this.#mayGoOn(signal));
      sliceEnd = clock.monotonic() + SLICE_MS;
    }
    return run.finish();
  }

  #mayGoOn(signal: AbortSignal): boolean {
    if (signal.aborted || this.#closed) throw new AetherError('WORKER_ABANDONED', 'the run was given up');
    return true;
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }
}
