import type { PublishJob } from './publish-job.js';

/** Maximum of runs that share the syncs of one commit: if each has separate files, and if all share one file. */
export const GROUP_LIMITS = { plain: 64, segmented: 256 } as const;

interface Waiting {
  readonly job: PublishJob;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Groups publish calls so that they share syncs. An idle queue starts at once; calls that arrive during a
 * commit form the next group, so no call waits for others to join.
 */
export class PublishQueue {
  readonly #commit: (jobs: readonly PublishJob[]) => Promise<void>;
  readonly #limit: number;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  /** `commit` marks the jobs that failed; if it throws, all jobs that are not durable have failed. `limit`: maximum of runs in a group. */
  constructor(commit: (jobs: readonly PublishJob[]) => Promise<void>, limit: number) {
    this.#commit = commit;
    this.#limit = limit;
  }

  add(job: PublishJob): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when nothing is queued or running. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #drain(): Promise<void> {
    // Calls made in the same turn of the event loop join the first group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, this.#limit);
      this.#waiting = this.#waiting.slice(this.#limit);
      await this.#settle(group);
    }
    this.#running = undefined;
  }

  async #settle(group: readonly Waiting[]): Promise<void> {
    let thrown: Error | undefined;
    try {
      await this.#commit(group.map(({ job }) => job));
    } catch (error) {
      thrown = error instanceof Error ? error : new Error(String(error));
    }
    for (const { job, resolve, reject } of group) {
      const failure = job.failure ?? thrown;
      if (failure === undefined) resolve();
      else reject(failure);
    }
  }
}
