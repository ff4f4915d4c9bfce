import { setImmediate } from 'node:timers/promises';

/** Longest time that a computation blocks the event loop, in milliseconds. */
const LONGEST_MS = 5;

/** Resolves in the next iteration of the event loop, after signals, requests and other work of this thread. */
export function nextTurn(): Promise<void> {
  return setImmediate();
}

/**
 * Yields to the event loop at intervals during a long computation, so that a service still answers and
 * signals are handled. Only the time of the yields depends on the clock, not the result.
 */
export class YieldTimer {
  #since = performance.now();

  /** True if the computation must yield before its next step. */
  get isDue(): boolean {
    return performance.now() - this.#since > LONGEST_MS;
  }

  async yield(): Promise<void> {
    await nextTurn();
    this.#since = performance.now();
  }
}
