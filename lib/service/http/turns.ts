/** Turns in a row that newcomers may put off. */
const MOST_PUT_OFF = 16;

/**
 * Lets those who send much take turns: one of them each time that the event loop has come round. However many there are, a request waits
 * for the piece of one of them. The loop takes one new connection in each round, so that a crowd of these comes before the pieces.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isPutOff = false;
  #putOff = 0;

  /** Resolves when it is the caller's turn; first come, first served. */
  take(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#waiting.push(resolve) === 1) setImmediate(this.#next);
    });
  }

  /** Leaves the next round to others, as long as somebody has had a turn lately. */
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
