import { setImmediate as nextTurn } from 'node:timers/promises';
import { ControlBlock } from '../../lib/execution/control-block.js';
import type { Executor } from '../../lib/execution/executor.js';
import { NOTHING_MADE, type RunJob, type RunJobResult } from '../../lib/execution/run-job.js';
import { AetherError } from '../../lib/base/errors.js';
import { sha256 } from '../../lib/base/digest.js';
import { unpackInputs } from '../../lib/execution/job-inputs.js';

/** The result or error of a job of the fake. */
export type FakeEnd = Partial<RunJobResult> | Error;

/** Computes nothing: each job ends as configured; records the order and the number of active jobs. */
export class FakeExecutor implements Executor {
  readonly slots: number;
  readonly started: number[] = [];
  most = 0;
  #active = 0;
  readonly #end: (job: RunJob, count: number) => FakeEnd | 'until stopped' | 'never';

  /** @param end receives the job and the number of earlier jobs */
  constructor(
    slots: number,
    end: (job: RunJob, count: number) => FakeEnd | 'until stopped' | 'never' = () => ({}),
  ) {
    this.slots = slots;
    this.#end = end;
  }

  async execute(job: RunJob, signal: AbortSignal): Promise<RunJobResult> {
    const end = this.#end(job, this.started.length);
    this.started.push(unpackInputs(job.inputs).run.ticks);
    this.most = Math.max(this.most, ++this.#active);
    try {
      if (end === 'never')
        await new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            reject(abandoned());
          }),
        );
      if (end === 'until stopped') return await this.#untilStopped(job);
      await nextTurn();
      if (end instanceof Error) throw end;
      return { ...this.#completed(job), ...(end as Partial<RunJobResult>) };
    } finally {
      this.#active--;
    }
  }

  async #untilStopped(job: RunJob): Promise<RunJobResult> {
    const control = new ControlBlock(job.control);
    control.tickDone(3);
    while (!control.stopRequested) await nextTurn();
    return { ...this.#completed(job), outcome: { state: 'cancelled', failure: null }, ticks_completed: 3 };
  }

  #completed(job: RunJob): RunJobResult {
    const { ticks } = unpackInputs(job.inputs).run;
    const outcome = { state: 'completed', failure: null } as const;
    return { ...NOTHING_MADE, outcome, ticks_completed: ticks, result_digest: sha256(String(ticks)) };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function abandoned(): Error {
  return new AetherError('WORKER_ABANDONED', 'given up');
}
