import type { Reliance } from '../port.js';
import type { WriterLease } from './writer-lease.js';

/** Runs that a process counts on, as lists in locks/ that gc reads. */
export class DiskReliance implements Reliance {
  readonly gone: readonly string[];
  readonly #lease: WriterLease;
  #lists: string[] = [];
  #released = false;

  constructor(lease: WriterLease, gone: readonly string[]) {
    this.#lease = lease;
    this.gone = gone;
  }

  /** To be called under protection from gc, when the runs are there or about to be. */
  add(runs: readonly string[]): void {
    if (runs.length > 0 && !this.#released) this.#lists.push(this.#lease.rely(runs));
  }

  release(): void {
    this.#released = true;
    for (const list of this.#lists) this.#lease.unrely(list);
    this.#lists = [];
  }
}
