import type { RunJob } from '../run-job.js';
import type { WorkerReply } from './worker-job.js';

/** A job of the executor, with its callbacks. */
export interface QueuedJob {
  readonly job: RunJob;
  readonly resolve: (reply: WorkerReply) => void;
  readonly reject: (error: Error) => void;
  /** True for a job that is sent separately. */
  isAlone: boolean;
}

/** Jobs that wait for a thread, first come first served. */
export class JobQueue {
  #jobs: QueuedJob[] = [];

  get size(): number {
    return this.#jobs.length;
  }

  get isEmpty(): boolean {
    return this.#jobs.length === 0;
  }

  /** True if the next message has a single job. */
  get isNextAlone(): boolean {
    return this.#jobs[0]?.isAlone === true;
  }

  add(job: QueuedJob): void {
    this.#jobs.push(job);
  }

  /** Puts jobs of a dead thread before all others; each is sent separately from now on. */
  again(jobs: readonly QueuedJob[]): void {
    for (const job of jobs) job.isAlone = true;
    this.#jobs.unshift(...jobs);
  }

  /** False for a job that is not queued. */
  remove(job: QueuedJob): boolean {
    const left = this.#jobs.filter((other) => other !== job);
    const wasThere = left.length < this.#jobs.length;
    this.#jobs = left;
    return wasThere;
  }

  /** The jobs of the next message: a single separate job, or up to `most` others. */
  take(most: number): readonly QueuedJob[] {
    if (this.isNextAlone && most !== Infinity) return this.#jobs.splice(0, 1);
    const end = this.#jobs.findIndex(({ isAlone }) => isAlone);
    return this.#jobs.splice(0, most === Infinity || end < 0 ? most : Math.min(end, most));
  }
}
