/** Longest time a computation keeps the event loop to itself, in milliseconds. */
const LONGEST_MS = 15;

/**
 * Gives others their turn now and then during a long computation, so that a service that does one still answers.
 * Only when they get it depends on the clock; what is computed does not.
 */
export class Breath {
  #since = performance.now();

  /** Whether to take one before the next step. */
  get isDue(): boolean {
    return performance.now() - this.#since > LONGEST_MS;
  }

  async take(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }
}
