import type { Processes } from '../../base/ports.js';
import type { DiskReader } from '../disk-reader.js';
import type { RunRecord } from '../record-types.js';
import { factsOf, type RunFacts } from './run-facts.js';
import { saveFacts } from './save-facts.js';

/** Number of runs whose facts are saved together: some ten milliseconds of work, and few files to merge. */
const SAVED_AT_ONCE = 1024;

/**
 * Keeps the facts cache up to date during writing: bounds the facts that a killed process loses, and the
 * records that the next reader must read.
 */
export class FactsSaver {
  readonly #reader: DiskReader;
  readonly #processes: Processes;
  #waiting: RunFacts[] = [];

  constructor(reader: DiskReader, processes: Processes) {
    this.#reader = reader;
    this.#processes = processes;
  }

  /** Adds a published run. */
  add(run: RunRecord): void {
    if (this.#waiting.push(factsOf(run)) < SAVED_AT_ONCE) return;
    saveFacts(this.#reader, this.#processes, { known: this.#waiting.splice(0), runs: null });
  }

  /**
   * Saves the remaining facts, including those that other writers did not save.
   *
   * @param runs number of runs in the store
   */
  finish(runs: number): void {
    saveFacts(this.#reader, this.#processes, { known: this.#waiting.splice(0), runs });
  }
}
