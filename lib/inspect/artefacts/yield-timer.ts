/** Longest time that a computation blocks the event loop, in milliseconds. */
const LONGEST_MS = 15;

/**
 * Yields to the event loop at intervals during a long computation, so that a service still answers. Only the time of
 * the yields depends on the clock, not the result.
 */
export class YieldTimer {
  #since = performance.now();

  /** True if the computation must yield before its next step. */
  get isDue(): boolean {
    return performance.now() - this.#since > LONGEST_MS;
  }

  async yield(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }
}
