/**
 * Words of the shared block; the gate is the number of ticks until the next pause, calls counts requests, and
 * the claim decides who was first: the thread that starts the run, or the caller that withdraws it.
 */
const STOP = 0;
const GATE = 1;
const CALLS = 2;
const CLAIM = 3;
const OPEN = -1;
const WAITING = 0;
const BEGUN = 1;
const WITHDRAWN = 2;
/** An even number, so that the following tick count is aligned. */
const WORDS = 4;

/** Location of a control block. Plain data: it is sent to threads. */
export interface ControlMemory {
  readonly shared: SharedArrayBuffer;
  /** Offset in bytes. */
  readonly at: number;
}

/** Size of a block in its own cache line: threads write to adjacent ones. */
const BLOCK_BYTES = 64;
/**
 * Number of blocks that share memory: sending memory to another thread costs as much as the rest of the job
 * of a short run.
 */
const TOGETHER = 64;

let next: ControlMemory | undefined;

function newMemory(): ControlMemory {
  const memory = next ?? { shared: new SharedArrayBuffer(TOGETHER * BLOCK_BYTES), at: 0 };
  const at = memory.at + BLOCK_BYTES;
  next = at < TOGETHER * BLOCK_BYTES ? { shared: memory.shared, at } : undefined;
  return memory;
}

/**
 * Shared memory between the supervisor of a run and its thread: stop and pause requests in one direction,
 * progress in the other. No message is needed, so a run that never yields can still be watched and stopped at
 * its next tick.
 */
export class ControlBlock {
  readonly buffer: ControlMemory;
  readonly #words: Int32Array;
  readonly #ticks: Float64Array;

  /** Wraps the block of another thread, or allocates a new one. */
  constructor(buffer?: ControlMemory) {
    const fresh = buffer === undefined;
    this.buffer = buffer ?? newMemory();
    const { shared, at } = this.buffer;
    this.#words = new Int32Array(shared, at, WORDS);
    this.#ticks = new Float64Array(shared, at + WORDS * 4, 1);
    if (fresh) Atomics.store(this.#words, GATE, OPEN);
  }

  /** Requests a stop before the next tick; also wakes a paused run. */
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

  /** Lets a paused run compute `ticks` more ticks. */
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

  /** True if the run pauses after the current tick. */
  get pausesNext(): boolean {
    const allowed = Atomics.load(this.#words, GATE);
    return allowed === 0 || allowed === 1;
  }

  /** Called by the computing side before anything else; false for a run that was withdrawn. */
  begin(): boolean {
    return Atomics.compareExchange(this.#words, CLAIM, WAITING, BEGUN) !== WITHDRAWN;
  }

  /** True once the computing side has started the run. */
  get begun(): boolean {
    return Atomics.load(this.#words, CLAIM) === BEGUN;
  }

  /** Withdraws the run; false if it has started. */
  withdraw(): boolean {
    return Atomics.compareExchange(this.#words, CLAIM, WAITING, WITHDRAWN) !== BEGUN;
  }

  /** Completed ticks of the run. */
  get ticksCompleted(): number {
    return this.#ticks[0]!;
  }

  /** Called by the computing side after every tick: publishes progress and consumes one allowed tick. */
  tickDone(ticksCompleted: number): void {
    this.#ticks[0] = ticksCompleted;
    const allowed = Atomics.load(this.#words, GATE);
    if (allowed > 0) Atomics.compareExchange(this.#words, GATE, allowed, allowed - 1);
  }

  /**
   * Blocks the calling thread while the run is paused and not stopped; for worker threads only.
   *
   * @param prepare called before every wait, once a pause is certain
   */
  waitWhilePaused(prepare?: () => void): void {
    for (;;) {
      // Read before the check: a call between the check and the wait ends the wait.
      const calls = Atomics.load(this.#words, CALLS);
      if (!this.paused || this.stopRequested) return;
      prepare?.();
      Atomics.wait(this.#words, CALLS, calls);
    }
  }
}
