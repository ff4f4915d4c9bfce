/** Maximum of consecutive deferrals by new connections. */
const MOST_PUT_OFF = 16;

/**
 * Schedules long answers: one piece per iteration of the event loop. A request waits at most for one piece,
 * independent of the number of long answers. The loop accepts one new connection per iteration, so that many
 * new connections go before the pieces.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isPutOff = false;
  #putOff = 0;

  /** Resolves when it is the turn of the caller; first come, first served. */
  take(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#waiting.push(resolve) === 1) setImmediate(this.#next);
    });
  }

  /** Leaves the next iteration to others, if a piece was sent recently. */
  putOff(): void {
    this.#isPutOff = true;
  }

  readonly #next = (): void => {
    if (this.#isPutOff && this.#putOff < MOST_PUT_OFF) {
      this.#putOff++;
    } else {
      this.#putOff = 0;
      this.#waiting.shift()!();
    }
    this.#isPutOff = false;
    if (this.#waiting.length > 0) setImmediate(this.#next);
  };
}
