import type { Timers } from '../../platform/timers.js';

/** Editors write a file in several steps, and a checkout writes many files. */
export const QUIET_MS = 150;
/** Maximum delay if changes do not stop. */
export const LONGEST_MS = 2_000;

/** Debounces changes: calls once after a quiet interval, or after a maximum delay. */
export class Settled {
  readonly #timers: Timers;
  readonly #call: () => void;
  #quiet: (() => void) | undefined;
  #longest: (() => void) | undefined;

  constructor(timers: Timers, call: () => void) {
    this.#timers = timers;
    this.#call = call;
  }

  /** Records a change. */
  readonly note = (): void => {
    this.#quiet?.();
    const end = (): void => {
      this.cancel();
      this.#call();
    };
    this.#quiet = this.#timers.after(QUIET_MS, end);
    this.#longest ??= this.#timers.after(LONGEST_MS, end);
  };

  /** Drops the recorded changes. */
  cancel(): void {
    this.#quiet?.();
    this.#longest?.();
    this.#quiet = undefined;
    this.#longest = undefined;
  }
}
