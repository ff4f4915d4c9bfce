import type { Processes } from '../../base/ports.js';
import type { DiskReader } from '../disk-reader.js';
import type { RunRecord } from '../records.js';
import { factsOf, type RunFacts } from './run-facts.js';
import { saveFacts } from './save-facts.js';

/** Runs whose facts are saved together: some milliseconds of work. */
const SAVED_AT_ONCE = 512;

/**
 * Keeps the cache of facts close behind a writer: what a process that is killed leaves out is bounded, and so is what the
 * next reader has to read from records.
 */
export class FactsSaver {
  readonly #reader: DiskReader;
  readonly #processes: Processes;
  #waiting: RunFacts[] = [];

  constructor(reader: DiskReader, processes: Processes) {
    this.#reader = reader;
    this.#processes = processes;
  }

  /** A run was published. */
  add(run: RunRecord): void {
    if (this.#waiting.push(factsOf(run)) < SAVED_AT_ONCE) return;
    saveFacts(this.#reader, this.#processes, { known: this.#waiting.splice(0), others: false });
  }

  /** Saves whatever is left, runs of other writers included. */
  finish(): void {
    saveFacts(this.#reader, this.#processes, { known: this.#waiting.splice(0), others: true });
  }
}
