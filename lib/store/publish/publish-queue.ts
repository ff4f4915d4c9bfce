import type { PublishJob } from './publish-job.js';

/** Most runs that share the syncs of one commit. */
export const GROUP_LIMIT = 64;

interface Waiting {
  readonly job: PublishJob;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Groups publish calls so that they share syncs. An idle queue starts at once; what arrives while a group is under way
 * forms the next one, so nobody waits for company.
 */
export class PublishQueue {
  readonly #commit: (jobs: readonly PublishJob[]) => Promise<void>;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  /** `commit` marks the jobs that failed; when it throws, all that are not yet durable have failed. */
  constructor(commit: (jobs: readonly PublishJob[]) => Promise<void>) {
    this.#commit = commit;
  }

  add(job: PublishJob): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when nothing is waiting or under way. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #drain(): Promise<void> {
    // Calls made in the same turn join the first group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, GROUP_LIMIT);
      this.#waiting = this.#waiting.slice(GROUP_LIMIT);
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
