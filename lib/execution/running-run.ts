import { ControlBlock } from './control-block.js';

/** Why a run is stopped from outside: somebody asked, its own time is over, or that of its batch is. */
export type StopReason = 'cancelled' | 'timed_out' | 'batch_timed_out';

/** One run being computed, as its supervisor sees it. */
export class RunningRun {
  readonly control = new ControlBlock();
  readonly #abandon = new AbortController();
  readonly #graceMs: number;
  readonly #mayWait: boolean;
  #stopped: StopReason | null = null;
  #grace: NodeJS.Timeout | undefined;

  constructor(
    readonly name: string,
    readonly ticksTotal: number,
    how: {
      /** How long a stop may take before the run is given up, in milliseconds. */
      readonly grace_ms: number;
      /** True for a run that may wait for others after it was handed over. */
      readonly quick?: boolean;
    },
  ) {
    this.#graceMs = how.grace_ms;
    this.#mayWait = how.quick === true;
  }

  /** Aborted when the run did not stop in time. */
  get signal(): AbortSignal {
    return this.#abandon.signal;
  }

  /** The first reason the run was asked to stop for; null while nobody asked. */
  get stopped(): StopReason | null {
    return this.#stopped;
  }

  /** Asks the run to stop at its next tick. */
  stop(reason: StopReason): void {
    if (this.#stopped !== null) return;
    this.#stopped = reason;
    this.control.requestStop();
    // One that has not begun does not begin.
    if (this.#mayWait) this.control.withdraw();
    this.#grace = setTimeout(() => {
      this.#abandon.abort();
    }, this.#graceMs);
  }

  /** The run has ended; nothing is waited for any more. */
  ended(): void {
    clearTimeout(this.#grace);
  }
}
