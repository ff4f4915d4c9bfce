import type { RunHandle } from './run-handle.js';

const MARKER_MS = 1000;

export interface WatchOptions {
  /** Milliseconds without a tick, not paused, after which a run counts as stuck. */
  readonly stall_ms: number;
  /** Writes down how far the run is. */
  readonly mark: () => void;
  /** Stops the run because its time is over. */
  readonly timeOut: () => void;
}

/** Looks after one run while it computes: its marker, its time limit, and whether its thread still moves. */
export class RunWatch {
  readonly #handle: RunHandle;
  readonly #options: WatchOptions;
  #ticks = 0;
  /** Milliseconds since the run was started; so are the next two. */
  #moved = 0;
  #looked = 0;
  #marked = 0;
  /** Milliseconds of computing, pauses left out. */
  #computed = 0;

  constructor(handle: RunHandle, options: WatchOptions) {
    this.#handle = handle;
    this.#options = options;
  }

  look(): void {
    const { control, phase, plan, watch } = this.#handle;
    if (phase !== 'computing') return;
    const now = watch.elapsed;
    const ticks = control.ticksCompleted;
    const waits = control.paused;
    const hasMoved = ticks !== this.#ticks;
    if (!waits) this.#computed += now - this.#looked;
    if (hasMoved || waits) this.#moved = now;
    if (hasMoved && now - this.#marked >= MARKER_MS) {
      this.#marked = now;
      this.#options.mark();
    }
    this.#looked = now;
    this.#ticks = ticks;
    if (plan.timeout_ms !== null && this.#computed > plan.timeout_ms) this.#options.timeOut();
    if (now - this.#moved > this.#options.stall_ms) this.#giveUp(ticks);
  }

  #giveUp(ticks: number): void {
    const handle = this.#handle;
    if (handle.givenUp !== null) return;
    const seconds = String(Math.round(this.#options.stall_ms / 1000));
    const message = `the worker finished no tick for ${seconds} s after tick ${String(ticks)} and was given up`;
    handle.givenUp = { code: 'WORKER_STUCK', message, tick: ticks, place: null };
    handle.abandon.abort();
  }
}
