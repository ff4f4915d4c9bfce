import { watchStopSignals } from '../platform/signals.js';
import type { Interruptible } from '../batch/pipeline.js';
import { EXIT } from './exit-codes.js';

/**
 * SIGINT, SIGTERM and SIGHUP during a command: the first asks the current work to stop, the second ends the
 * process at once.
 */
export class Interruption implements Interruptible {
  #came = false;
  #drain: () => void;
  readonly #unwatch: () => void;

  /** Watches from now on; a signal outside of `during` calls `otherwise`. */
  constructor(otherwise: () => void) {
    this.#drain = otherwise;
    this.#unwatch = watchStopSignals((_, count) => {
      if (count > 1) process.exit(EXIT.interrupted);
      this.#came = true;
      this.#drain();
    });
  }

  get came(): boolean {
    return this.#came;
  }

  /** Runs `work`; a signal meanwhile calls `drain`. */
  async during<T>(drain: () => void, work: () => Promise<T>): Promise<T> {
    const before = this.#drain;
    this.#drain = drain;
    try {
      return await work();
    } finally {
      this.#drain = before;
    }
  }

  /** Restores the default handling of signals. */
  end(): void {
    this.#unwatch();
  }
}

/** Lets every signal end the program at once, except while an Interruption watches. */
export function endOnSignals(): void {
  watchStopSignals(endAtOnce);
}

/** Nothing has been started that must be stopped. */
export function endAtOnce(): void {
  process.exit(EXIT.interrupted);
}
