/** What a piece of work takes of the slots, and when it comes. */
export interface WorkKind {
  /** It goes on with something begun. */
  readonly isBegun: boolean;
  /** It shares a slot with others of its kind. */
  readonly isQuick: boolean;
}

interface Waiting {
  readonly parts: number;
  readonly start: () => Promise<void>;
}

/**
 * So many pieces of work at once, or more of the quick ones. What goes on with something begun comes before what begins
 * something new: otherwise a batch of repeated runs begins all of them before it ends the first.
 */
export class WorkSlots {
  readonly #perSlot: number;
  /** Parts of slots that nobody has; a slot has as many parts as it takes quick pieces. */
  #free: number;
  readonly #begun: Queue = new Queue();
  readonly #fresh: Queue = new Queue();

  constructor(count: number, quickPerSlot: number) {
    this.#perSlot = quickPerSlot;
    this.#free = count * quickPerSlot;
  }

  /** Does the work once a slot is free. */
  enter<T>(work: () => Promise<T>, { isBegun, isQuick }: WorkKind): Promise<T> {
    return new Promise((resolve, reject) => {
      const parts = isQuick ? 1 : this.#perSlot;
      const start = (): Promise<void> => work().then(resolve, reject);
      (isBegun ? this.#begun : this.#fresh).push({ parts, start });
      this.#admit();
    });
  }

  #admit(): void {
    for (;;) {
      const queue = this.#begun.first === undefined ? this.#fresh : this.#begun;
      const { first } = queue;
      if (first === undefined || first.parts > this.#free) return;
      queue.shift();
      this.#free -= first.parts;
      void first.start().then(() => {
        this.#free += first.parts;
        this.#admit();
      });
    }
  }
}

/** First in, first out; an array would move all others for each that leaves. */
class Queue {
  #items: Waiting[] = [];
  #from = 0;

  get first(): Waiting | undefined {
    return this.#items[this.#from];
  }

  push(item: Waiting): void {
    this.#items.push(item);
  }

  shift(): void {
    this.#from += 1;
    if (this.#from < 1024 && this.#from < this.#items.length) return;
    this.#items = this.#items.slice(this.#from);
    this.#from = 0;
  }
}
