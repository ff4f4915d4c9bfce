import { setImmediate } from 'node:timers/promises';

const BUDGET = 4 * 1024 * 1024;
/** Cost of opening a file, in bytes hashed in the same time. */
const FILE_COST = 16 * 1024;

/** Yields to other work of this thread every few milliseconds of a long synchronous walk. */
export class Pacer {
  #spent = 0;

  /** Call once per file with the bytes that were read. */
  async spend(bytes: number): Promise<void> {
    this.#spent += bytes + FILE_COST;
    if (this.#spent < BUDGET) return;
    this.#spent = 0;
    await setImmediate();
  }
}
