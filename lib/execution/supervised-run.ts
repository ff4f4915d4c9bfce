import type { Clock } from '../base/ports.js';
import type { RunFailure } from '../store/record-types.js';
import { ControlBlock } from './control-block.js';

/** Reason of a stop: a request, its time limit, the time limit of its batch, or the end of the service. */
export type StopReason = 'cancelled' | 'timed_out' | 'batch_timed_out' | 'shut_down';

/** Limits of one run, in milliseconds. */
export interface RunLimits {
  /** Computing time, pauses excluded; null for no limit. */
  readonly timeout_ms: number | null;
  /** Time from a stop request until the run is abandoned. */
  readonly grace_ms: number;
  /** Time without a completed tick, pauses excluded, until the run is abandoned. */
  readonly stall_ms: number;
}

/** Default stall limit: a tick takes milliseconds. */
export const STALL_MS = 5 * 60_000;
/** Maximum time counted by one check: a process that was suspended between two checks did not compute. */
const MOST_BETWEEN_LOOKS_MS = 5_000;
/** Maximum delay of timers; a longer one ends at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

export interface SupervisionOptions extends RunLimits {
  readonly clock: Clock;
  /** True for a run that may wait for others after it was sent to the executor. */
  readonly quick?: boolean;
}

/**
 * One run while an executor computes it: control block, stop, time limit, stall. `look` must be called
 * regularly.
 */
export class SupervisedRun {
  readonly control = new ControlBlock();
  readonly #options: SupervisionOptions;
  readonly #abandon = new AbortController();
  #stopped: StopReason | null = null;
  #givenUp: RunFailure | null = null;
  #limit: NodeJS.Timeout | undefined;
  #grace: NodeJS.Timeout | undefined;
  /** Monotonic time of the last check. */
  #looked: number;
  #ticks = 0;
  #computed = 0;
  #stalled = 0;

  constructor(
    readonly name: string,
    readonly ticksTotal: number,
    options: SupervisionOptions,
  ) {
    this.#options = options;
    this.#looked = options.clock.monotonic();
    this.#armLimit();
  }

  /** True for a run that was handed to the executor and has not begun. */
  get isWaiting(): boolean {
    return this.#options.quick === true && !this.control.begun;
  }

  /** Aborted when the run is abandoned. */
  get signal(): AbortSignal {
    return this.#abandon.signal;
  }

  /** The first reason to stop; null if none was requested. */
  get stopped(): StopReason | null {
    return this.#stopped;
  }

  /** Why the run was abandoned without a stop request; null if it was not. */
  get givenUp(): RunFailure | null {
    return this.#givenUp;
  }

  get timeout_ms(): number | null {
    return this.#options.timeout_ms;
  }

  /** Stops the run at its next tick, and abandons it if it does not stop in time. */
  stop(reason: StopReason): void {
    if (this.#stopped !== null) return;
    this.#stopped = reason;
    this.control.requestStop();
    if (this.#options.quick === true) this.control.withdraw();
    this.#grace = setTimeout(() => {
      this.#abandon.abort();
    }, this.#options.grace_ms);
  }

  /** Checks the progress of the run; returns whether it completed a tick since the last check. */
  look(): boolean {
    const now = this.#options.clock.monotonic();
    const passed = Math.min(now - this.#looked, MOST_BETWEEN_LOOKS_MS);
    const ticks = this.control.ticksCompleted;
    const hasMoved = ticks !== this.#ticks;
    const waits = this.control.paused || this.isWaiting;
    this.#looked = now;
    this.#ticks = ticks;
    if (!waits) this.#computed += passed;
    this.#stalled = hasMoved || waits ? 0 : this.#stalled + passed;
    if (this.#stalled > this.#options.stall_ms) this.#giveUp(ticks);
    return hasMoved;
  }

  /** Ends the supervision; call it once the executor has answered. */
  end(): void {
    clearTimeout(this.#limit);
    clearTimeout(this.#grace);
  }

  #armLimit(): void {
    const { timeout_ms } = this.#options;
    if (timeout_ms === null) return;
    this.#limit = setTimeout(
      () => {
        this.look();
        if (this.#computed < timeout_ms) this.#armLimit();
        else this.stop('timed_out');
      },
      Math.min(Math.max(timeout_ms - this.#computed, 1), LONGEST_DELAY_MS),
    );
  }

  #giveUp(ticks: number): void {
    if (this.#givenUp !== null) return;
    const seconds = String(Math.round(this.#options.stall_ms / 1000));
    const message = `the worker finished no tick for ${seconds} s after tick ${String(ticks)} and was given up`;
    this.#givenUp = { code: 'WORKER_STUCK', message, tick: ticks, place: null };
    this.#abandon.abort();
  }
}
