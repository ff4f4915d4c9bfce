import { ControlBlock } from '../execution/control-block.js';
import type { Executor } from '../execution/executor.js';
import type { RunJob, RunJobResult } from '../execution/run-job.js';

/** An executor that counts ticks: an outcome only has the ticks of its last computation. */
export class TickMeter implements Executor {
  readonly slots: number;
  readonly quick_per_slot: number;
  readonly #executor: Executor;
  #ticks = 0;

  constructor(executor: Executor) {
    this.slots = executor.slots;
    this.quick_per_slot = executor.quick_per_slot ?? 1;
    this.#executor = executor;
  }

  /** Ticks computed so far, including those of stopped, failed and abandoned jobs. */
  get ticks(): number {
    return this.#ticks;
  }

  async execute(job: RunJob, signal: AbortSignal): Promise<RunJobResult> {
    try {
      const result = await this.#executor.execute(job, signal);
      this.#ticks += result.ticks_completed;
      return result;
    } catch (error) {
      this.#ticks += new ControlBlock(job.control).ticksCompleted;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#executor.close();
  }
}
