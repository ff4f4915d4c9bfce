import type { Clock } from './ports.js';

/**
 * A start time. The wall clock is read once; later times are that reading plus the elapsed monotonic time, so
 * that an end is never before its start, even if the wall clock is changed.
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

  /** The current time, to label an end: milliseconds since the Unix epoch. */
  get time(): number {
    return this.started + this.elapsed;
  }
}
