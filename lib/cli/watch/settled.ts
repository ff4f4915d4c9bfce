import type { Timers } from '../../platform/timers.js';

/** Editors write a file in several steps, and a checkout writes many files. */
export const QUIET_MS = 150;
/** Changes that never end are looked at all the same after that. */
export const LONGEST_MS = 2_000;

/** Gathers changes: calls once when nothing has changed for a while, or when changes have gone on for long. */
export class Settled {
  readonly #timers: Timers;
  readonly #call: () => void;
  #quiet: (() => void) | undefined;
  #longest: (() => void) | undefined;

  constructor(timers: Timers, call: () => void) {
    this.#timers = timers;
    this.#call = call;
  }

  /** Something has changed. */
  readonly note = (): void => {
    this.#quiet?.();
    const end = (): void => {
      this.cancel();
      this.#call();
    };
    this.#quiet = this.#timers.after(QUIET_MS, end);
    this.#longest ??= this.#timers.after(LONGEST_MS, end);
  };

  /** Forgets what has changed so far. */
  cancel(): void {
    this.#quiet?.();
    this.#longest?.();
    this.#quiet = undefined;
    this.#longest = undefined;
  }
}
