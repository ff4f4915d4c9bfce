import { watchStopSignals } from '../platform/signals.js';
import { EXIT } from './exit-codes.js';

/**
 * SIGINT, SIGTERM and SIGHUP over the whole life of a command: the first asks whoever works to come to an end, the second ends
 * the process at once.
 */
export class Interruption {
  #came = false;
  #drain: () => void;
  readonly #unwatch: () => void;

  /** Watches from now on; a signal that comes while nothing is being done `during` something calls `otherwise`. */
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

  /** Does some work, meanwhile a signal calls `drain`. */
  async during<T>(drain: () => void, work: () => Promise<T>): Promise<T> {
    const before = this.#drain;
    this.#drain = drain;
    try {
      return await work();
    } finally {
      this.#drain = before;
    }
  }

  /** Leaves signals to the system again. */
  end(): void {
    this.#unwatch();
  }
}

/** Lets every signal end the program at once, except while an Interruption hears of them. */
export function endOnSignals(): void {
  watchStopSignals(endAtOnce);
}

/** Nothing has been begun that would have to be brought to an end. */
export function endAtOnce(): void {
  process.exit(EXIT.interrupted);
}
