import type { RunId } from '../../base/run-id.js';
import type { Reliance } from '../port.js';
import type { WriterLease } from './writer-lease.js';

/** Runs that a process relies on, as lists in locks/ that gc reads. */
export class DiskReliance implements Reliance {
  readonly gone: readonly RunId[];
  readonly #lease: WriterLease;
  #lists: string[] = [];
  #released = false;

  constructor(lease: WriterLease, gone: readonly RunId[]) {
    this.#lease = lease;
    this.gone = gone;
  }

  /** Call it under protection from gc, when the runs exist or are about to. */
  add(runs: readonly RunId[]): void {
    if (runs.length > 0 && !this.#released) this.#lists.push(this.#lease.rely(runs));
  }

  release(): void {
    this.#released = true;
    for (const list of this.#lists) this.#lease.unrely(list);
    this.#lists = [];
  }
}
