import { sha256 } from '../base/digest.js';
import type { Processes } from '../base/ports.js';
import { replaceCacheFile } from './cache-file.js';
import type { DiskReader } from './disk-reader.js';
import { readUnlessDamaged } from './unless-damaged.js';

/** The records of an index, and their summaries. */
export interface IndexedRecords<Summary, Id> {
  /** Relative to the store; the name changes with the form of the summaries. */
  readonly file: string;
  /**
   * True: only records passed to `vouchFor` are kept, so that the others are new to the next process again.
   */
  readonly vouched?: boolean;
  /** Ids of the records, ascending. */
  readonly ids: () => readonly Id[];
  /** The summary of a record; undefined if there is none. Throws STORE_RECORD_CORRUPT for a damaged one. */
  readonly read: (id: Id) => Summary | undefined;
}

/**
 * Summaries of all records of one kind, so that listing ten thousand does not read ten thousand files. The
 * file is only a cache: missing records are read, removed records are dropped, and a file that does not match
 * its checksum is ignored.
 */
export class RecordIndex<Summary extends { readonly id: string }> {
  readonly #reader: DiskReader;
  readonly #records: IndexedRecords<Summary, Summary['id']>;
  #known: Map<string, Summary> | undefined;
  #stale = false;
  readonly #vouched = new Set<string>();
  /** Records written since the index was saved. */
  readonly #written = new Map<string, Summary>();

  constructor(reader: DiskReader, records: IndexedRecords<Summary, Summary['id']>) {
    this.#reader = reader;
    this.#records = records;
  }

  /** Every readable record, by id ascending. */
  refresh(): readonly Summary[] {
    const known = (this.#known ??= this.#load());
    const current: Summary[] = [];
    for (const id of this.#ids()) {
      const summary = known.get(id) ?? this.#read(id);
      if (summary !== undefined) current.push(summary);
    }
    if (current.length !== known.size) this.#stale = true;
    this.#known = new Map(current.map((summary) => [summary.id, summary]));
    return current;
  }

  /** The indexed data of a record, which may have been removed since. */
  find(id: Summary['id']): Summary | undefined {
    return (this.#known ??= this.#load()).get(id);
  }

  /** Ids of the records that the index does not know yet, ascending. */
  newcomers(): readonly Summary['id'][] {
    const known = (this.#known ??= this.#load());
    return this.#ids().filter((id) => !known.has(id));
  }

  /** Lets the index keep a record; `summary` of a record that was just written saves reading it. */
  vouchFor(id: Summary['id'], summary?: Summary): void {
    this.#vouched.add(id);
    if (summary !== undefined) this.#written.set(id, summary);
  }

  /** Writes the index if it changed. A cache: neither durable nor required, so errors are ignored. */
  save(processes: Processes): void {
    try {
      const { vouched = false } = this.#records;
      this.#takeWritten();
      const current = this.refresh();
      if (!this.#stale) return;
      const records = JSON.stringify(current.filter(({ id }) => !vouched || this.#vouched.has(id)));
      const { root, files } = this.#reader;
      replaceCacheFile({ root, files, processes }, this.#records.file, `${sha256(records)}\n${records}\n`);
      this.#stale = false;
    } catch {
      // The next writer tries again; a leftover temporary file is swept.
    }
  }

  #ids(): readonly Summary['id'][] {
    return this.#records.ids();
  }

  #takeWritten(): void {
    const known = (this.#known ??= this.#load());
    for (const [id, summary] of this.#written) {
      if (known.has(id)) continue;
      known.set(id, summary);
      this.#stale = true;
    }
    this.#written.clear();
  }

  #load(): Map<string, Summary> {
    const text = this.#reader.readText(this.#records.file) ?? '';
    const records = text.slice(65, -1);
    if (sha256(records) !== text.slice(0, 64)) return new Map();
    const known = new Map(
      (JSON.parse(records) as readonly Summary[]).map((summary) => [summary.id, summary]),
    );
    for (const id of known.keys()) this.#vouched.add(id);
    return known;
  }

  /** Damage is left to verify. */
  #read(id: Summary['id']): Summary | undefined {
    const summary = readUnlessDamaged(() => this.#records.read(id));
    if (summary !== undefined) this.#stale = true;
    return summary;
  }
}
