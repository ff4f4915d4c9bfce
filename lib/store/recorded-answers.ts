import type { Digest } from '../base/digest.js';
import type { RunId } from '../base/run-id.js';
import type { DiskReader } from './disk-reader.js';
import type { RunRecord } from './record-types.js';
import type { IndexedRun } from './run-index.js';
import { refClaim, refHeirs } from './ref-claims.js';
import type { DiskRuns } from './disk-runs.js';

/**
 * Determines from the records alone which run answers for an input key: a run whose writer died between its
 * record and its ref is found only this way. The records are read once, on the first call.
 */
export class RecordedAnswers {
  readonly #reader: DiskReader;
  readonly #index: DiskRuns;
  #all: ReadonlyMap<Digest, readonly RunId[]> | undefined;
  #unsure: ReadonlyMap<Digest, readonly RunId[]> | undefined;

  constructor(reader: DiskReader, index: DiskRuns) {
    this.#reader = reader;
    this.#index = index;
  }

  /**
   * @param hasRef true if a reference by the key exists, although its run does not: then any run may answer; otherwise only
   * one that was not published together with its references
   * @throws AetherError STORE_RECORD_CORRUPT
   */
  runFor(key: Digest, hasRef: boolean): RunRecord | undefined {
    const ids = hasRef
      ? (this.#all ??= idsByKey(this.#index.refresh()))
      : (this.#unsure ??= idsByKey(this.#index.withUnsureRefs()));
    const found = (ids.get(key) ?? []).map((id) => this.#reader.run(id));
    const runs = found.filter((run) => run !== undefined);
    const heir = refHeirs(runs.map(refClaim)).keys.get(key);
    return runs.find(({ id }) => id === heir);
  }
}

function idsByKey(runs: readonly IndexedRun[]): ReadonlyMap<Digest, readonly RunId[]> {
  const byKey = new Map<Digest, RunId[]>();
  for (const { summary } of runs) {
    const { id, input_key, answers } = summary;
    if (!answers) continue;
    const ids = byKey.get(input_key);
    if (ids === undefined) byKey.set(input_key, [id]);
    else ids.push(id);
  }
  return byKey;
}
