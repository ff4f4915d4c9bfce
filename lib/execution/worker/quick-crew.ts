import { availableParallelism } from 'node:os';
import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import type { ThreadEffort } from './reply-message.js';

/** Computing after which it is decided: starting and warming up a thread costs about as much. */
const BUSY_MS = 400;
/** The least share of their time that threads with too little to do are idle. */
const IDLE_SHARE = 0.1;
/** The least share of its time that this thread is busy if the results wait for it, and not for the threads. */
const PUBLISHING_SHARE = 0.8;
/** The least share of a core that is left for a further thread. */
const FREE_CORE = 0.5;

/**
 * Decides whether quick jobs need one more thread. Usually publishing takes longer than computing: then a
 * further thread would only take time from this one, as it does without a free core.
 */
export class QuickCrew {
  #busy = 0;
  #idle = 0;
  /** Of this thread, when the first effort was recorded. */
  #since: EventLoopUtilization | undefined;

  /** Records the effort of a thread for a message of quick jobs. */
  note({ busy_ms, idle_ms }: ThreadEffort): void {
    this.#since ??= performance.eventLoopUtilization();
    this.#busy += busy_ms;
    this.#idle += idle_ms;
  }

  /**
   * Called while jobs wait. The answer is computed from the effort since the previous call.
   *
   * @param threads number of threads so far
   */
  needsMore(threads: number): boolean {
    if (this.#busy < BUSY_MS) return false;
    const isShort = this.#idle < IDLE_SHARE * (this.#busy + this.#idle);
    const { utilization } = performance.eventLoopUtilization(this.#since);
    this.#busy = this.#idle = 0;
    this.#since = undefined;
    const free = availableParallelism() - threads - utilization;
    return isShort && utilization < PUBLISHING_SHARE && free >= FREE_CORE;
  }
}
