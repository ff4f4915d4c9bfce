import pLimit, { type LimitFunction } from 'p-limit';

/**
 * So many pieces of work at once. What goes on with something begun comes before what begins something new: otherwise a
 * batch of repeated runs begins all of them before it ends the first.
 */
export class WorkSlots {
  readonly #limit: LimitFunction;
  readonly #begun: (() => Promise<void>)[] = [];
  readonly #fresh: (() => Promise<void>)[] = [];

  constructor(count: number) {
    this.#limit = pLimit(count);
  }

  /** Does the work once a slot is free. */
  enter<T>(work: () => Promise<T>, isBegun: boolean): Promise<T> {
    return new Promise((resolve, reject) => {
      (isBegun ? this.#begun : this.#fresh).push(() => work().then(resolve, reject));
      // A turn for each piece of work, but whose turn it is shows when it comes.
      void this.#limit(() => (this.#begun.shift() ?? this.#fresh.shift())!());
    });
  }
}
