import type { Clock } from './ports.js';

/**
 * A moment to measure from. The wall clock labels it once; everything later is that label plus what the monotonic
 * clock measured, so that an end is never before its start, however the wall clock is set meanwhile.
 */
export class Stopwatch {
  /** Wall clock at the start, in milliseconds since the Unix epoch. */
  readonly started: number;
  readonly #clock: Clock;
  readonly #from: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.started = clock.now();
    this.#from = clock.monotonic();
  }

  /** Milliseconds since the start. */
  get elapsed(): number {
    return this.#clock.monotonic() - this.#from;
  }

  /** The present moment, to label an end: milliseconds since the Unix epoch. */
  get time(): number {
    return this.started + this.elapsed;
  }
}
