import { AetherError } from '../../base/errors.js';
import type { RecordReader } from '../artefacts/artefact-source.js';
import { tickOf, type StoredRecord } from '../artefacts/record-chunk.js';

/** One record, as text and parsed. */
export interface FedRecord {
  readonly text: string;
  readonly record: StoredRecord;
}

/** Yields the records of one artefact tick by tick, reading it once. */
export class TickFeed {
  readonly #lines: AsyncGenerator<string> | undefined;
  #next: FedRecord | undefined;
  #open = true;
  #misshapen: string | undefined;

  /** Absent if the artefact is not stored: then there are no records. */
  constructor(reader: RecordReader | undefined) {
    this.#lines = reader?.all();
  }

  /** False for an artefact that is not stored, or whose bytes are damaged. */
  get speaks(): boolean {
    return this.#lines !== undefined && this.#open;
  }

  /** The line that is not a record and ended the feed. */
  get misshapen(): string | undefined {
    return this.#misshapen;
  }

  /** The records of a tick; call with ascending ticks. Records of earlier ticks are skipped. */
  async at(tick: number): Promise<readonly FedRecord[]> {
    const list: FedRecord[] = [];
    for (;;) {
      this.#next ??= await this.#read();
      if (this.#next === undefined || tickOf(this.#next.record) > tick) return list;
      if (tickOf(this.#next.record) === tick) list.push(this.#next);
      this.#next = undefined;
    }
  }

  /** Damaged blobs are reported by the digest check; here they only end the feed. */
  async #read(): Promise<FedRecord | undefined> {
    if (!this.speaks) return undefined;
    try {
      const step = await this.#lines!.next();
      if (step.done === true) return undefined;
      const record = recordOf(step.value);
      if (record !== undefined) return { text: step.value, record };
      this.#misshapen = step.value;
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
    }
    this.#open = false;
    return undefined;
  }
}

function recordOf(text: string): StoredRecord | undefined {
  try {
    const value = JSON.parse(text) as StoredRecord | null;
    return typeof value === 'object' ? (value ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}
