/** Size and priority of an item of work. */
export interface WorkKind {
  /** True if it continues started work. */
  readonly isBegun: boolean;
  /** True if it shares a slot with other quick items. */
  readonly isQuick: boolean;
}

interface Waiting {
  readonly parts: number;
  readonly start: () => Promise<void>;
}

/**
 * Limits the number of concurrent items, with more of the quick ones. Continuing started work takes
 * precedence over starting new work: otherwise a batch of repeated runs would start all of them before it
 * ends the first.
 */
export class WorkSlots {
  readonly #perSlot: number;
  /** Free parts of slots; a slot has as many parts as quick items fit into it. */
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

/** A FIFO queue; an array would shift all items on each removal. */
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
