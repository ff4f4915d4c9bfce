import { setImmediate } from 'node:timers/promises';

const BUDGET = 4 * 1024 * 1024;
/** What opening a file costs, in bytes hashed meanwhile. */
const FILE_COST = 16 * 1024;

/** Lets other work on this thread run every few milliseconds of a long synchronous walk. */
export class Pacer {
  #spent = 0;

  /** Call once per file with the bytes it cost. */
  async spend(bytes: number): Promise<void> {
    this.#spent += bytes + FILE_COST;
    if (this.#spent < BUDGET) return;
    this.#spent = 0;
    await setImmediate();
  }
}
