/** Words of the shared block; the gate says how many ticks may run before the next pause, calls count what was asked for. */
const STOP = 0;
const GATE = 1;
const CALLS = 2;
const OPEN = -1;
/** An even number, so that the tick count behind them is aligned. */
const WORDS = 4;

/**
 * Shared memory between whoever supervises a run and the thread that computes it: stop and pause go in,
 * progress comes out. No message is needed, so a run that never yields can still be watched and stopped at its
 * next tick.
 */
export class ControlBlock {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #ticks: Float64Array;

  /** Wraps the block another thread made, or makes a new one. */
  constructor(buffer?: SharedArrayBuffer) {
    const fresh = buffer === undefined;
    this.buffer = buffer ?? new SharedArrayBuffer(WORDS * 4 + 8);
    this.#words = new Int32Array(this.buffer, 0, WORDS);
    this.#ticks = new Float64Array(this.buffer, WORDS * 4, 1);
    if (fresh) Atomics.store(this.#words, GATE, OPEN);
  }

  /** Asks the run to stop before its next tick; also wakes a paused one. */
  requestStop(): void {
    this.#call(STOP, 1);
  }

  get stopRequested(): boolean {
    return Atomics.load(this.#words, STOP) !== 0;
  }

  pause(): void {
    this.#call(GATE, 0);
  }

  resume(): void {
    this.#call(GATE, OPEN);
  }

  /** Lets a paused run compute that many more ticks. */
  allow(ticks: number): void {
    this.#call(GATE, ticks);
  }

  #call(word: typeof STOP | typeof GATE, value: number): void {
    Atomics.store(this.#words, word, value);
    Atomics.add(this.#words, CALLS, 1);
    Atomics.notify(this.#words, CALLS);
  }

  get paused(): boolean {
    return Atomics.load(this.#words, GATE) === 0;
  }

  /** True when the run will not go on after the tick under way. */
  get pausesNext(): boolean {
    const allowed = Atomics.load(this.#words, GATE);
    return allowed === 0 || allowed === 1;
  }

  /** Ticks the run has completed so far. */
  get ticksCompleted(): number {
    return this.#ticks[0]!;
  }

  /** Called by the running side after every tick: publishes progress and uses up one allowed tick. */
  tickDone(ticksCompleted: number): void {
    this.#ticks[0] = ticksCompleted;
    const allowed = Atomics.load(this.#words, GATE);
    if (allowed > 0) Atomics.compareExchange(this.#words, GATE, allowed, allowed - 1);
  }

  /**
   * Blocks the calling thread while the run is paused and not stopped; for worker threads only.
   *
   * @param prepare called before every wait, once it is sure that there is a pause
   */
  waitWhilePaused(prepare?: () => void): void {
    for (;;) {
      // Counted before looking: a call that comes between the look and the wait ends the wait.
      const calls = Atomics.load(this.#words, CALLS);
      if (!this.paused || this.stopRequested) return;
      prepare?.();
      Atomics.wait(this.#words, CALLS, calls);
    }
  }
}
