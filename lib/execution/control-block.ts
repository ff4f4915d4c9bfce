/**
 * Words of the shared block; the gate says how many ticks may run before the next pause, calls count what was asked for, and
 * the claim says who was first: the thread that begins the run, or whoever takes it back before.
 */
const STOP = 0;
const GATE = 1;
const CALLS = 2;
const CLAIM = 3;
const OPEN = -1;
const WAITING = 0;
const BEGUN = 1;
const WITHDRAWN = 2;
/** An even number, so that the tick count behind them is aligned. */
const WORDS = 4;

/** Where a control block lies. Plain data: it crosses threads. */
export interface ControlMemory {
  readonly shared: SharedArrayBuffer;
  /** Offset in bytes. */
  readonly at: number;
}

/** Room for a block of its own cache line: threads write to neighbouring ones. */
const BLOCK_BYTES = 64;
/** Blocks that share memory: passing it to another thread costs as much as the rest of a short run's job. */
const TOGETHER = 64;

let next: ControlMemory | undefined;

function newMemory(): ControlMemory {
  const memory = next ?? { shared: new SharedArrayBuffer(TOGETHER * BLOCK_BYTES), at: 0 };
  const at = memory.at + BLOCK_BYTES;
  next = at < TOGETHER * BLOCK_BYTES ? { shared: memory.shared, at } : undefined;
  return memory;
}

/**
 * Shared memory between whoever supervises a run and the thread that computes it: stop and pause go in,
 * progress comes out. No message is needed, so a run that never yields can still be watched and stopped at its
 * next tick.
 */
export class ControlBlock {
  readonly buffer: ControlMemory;
  readonly #words: Int32Array;
  readonly #ticks: Float64Array;

  /** Wraps the block another thread made, or makes a new one. */
  constructor(buffer?: ControlMemory) {
    const fresh = buffer === undefined;
    this.buffer = buffer ?? newMemory();
    const { shared, at } = this.buffer;
    this.#words = new Int32Array(shared, at, WORDS);
    this.#ticks = new Float64Array(shared, at + WORDS * 4, 1);
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

  /** Called by the running side before anything else; false for a run that was taken back. */
  begin(): boolean {
    return Atomics.compareExchange(this.#words, CLAIM, WAITING, BEGUN) !== WITHDRAWN;
  }

  /** True once the running side has taken the run. */
  get begun(): boolean {
    return Atomics.load(this.#words, CLAIM) === BEGUN;
  }

  /** Takes the run back; false when it has begun. */
  withdraw(): boolean {
    return Atomics.compareExchange(this.#words, CLAIM, WAITING, WITHDRAWN) !== BEGUN;
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
