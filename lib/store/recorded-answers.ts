import type { Digest } from '../base/digest.js';
import type { DiskReader } from './disk-reader.js';
import type { RunRecord } from './records.js';
import { refClaim, refHeirs } from './ref-claims.js';
import type { DiskRuns } from './disk-runs.js';

/**
 * Determines from the records alone which run answers for an input key: a run whose writer died between its
 * record and its ref is found only this way. The records are read once, on the first call.
 */
export class RecordedAnswers {
  readonly #reader: DiskReader;
  readonly #index: DiskRuns;
  #ids: ReadonlyMap<Digest, readonly string[]> | undefined;

  constructor(reader: DiskReader, index: DiskRuns) {
    this.#reader = reader;
    this.#index = index;
  }

  /** @throws AetherError STORE_RECORD_CORRUPT */
  runFor(key: Digest): RunRecord | undefined {
    this.#ids ??= this.#idsByKey();
    const found = (this.#ids.get(key) ?? []).map((id) => this.#reader.run(id));
    const runs = found.filter((run) => run !== undefined);
    const heir = refHeirs(runs.map(refClaim)).keys.get(key);
    return runs.find(({ id }) => id === heir);
  }

  #idsByKey(): ReadonlyMap<Digest, readonly string[]> {
    const byKey = new Map<Digest, string[]>();
    for (const { summary } of this.#index.refresh()) {
      const { id, input_key, answers } = summary;
      if (answers) byKey.set(input_key, [...(byKey.get(input_key) ?? []), id]);
    }
    return byKey;
  }
}
