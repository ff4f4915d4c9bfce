import type { Digest } from '../base/digest.js';
import type { DiskReader } from './disk-reader.js';
import type { ArtefactReader } from './port.js';
import type { DiskRuns } from './disk-runs.js';
import type { RunRecord } from './record-types.js';
import { SEGMENTS } from './layout.js';
import { sealDigits } from './run-index.js';
import { onFile } from './system-error.js';

/** The data that a plan needs of the run that answers for an input key. */
export type Standing = Pick<
  RunRecord,
  'id' | 'state' | 'failure' | 'result_digest' | 'ticks_completed' | 'started_at' | 'ended_at' | 'retain'
>;

/** The run that answers for a key, in short; as `runForKey` otherwise. */
export async function standingFor(
  store: ArtefactReader & { standingFor?: (key: Digest) => Promise<Standing | undefined> },
  key: Digest,
): Promise<Standing | undefined> {
  return store.standingFor === undefined ? store.runForKey(key) : store.standingFor(key);
}

/** Keys that are answered by records before the index is read, which may be large. */
const BEFORE_INDEX = 64;

/** Answers for keys from the index of runs. Of the record only the checksum is verified; it must be the one that the index knows. */
export class IndexedAnswers {
  readonly #reader: DiskReader;
  readonly #index: DiskRuns;
  #asked = 0;

  constructor(reader: DiskReader, index: DiskRuns) {
    this.#reader = reader;
    this.#index = index;
  }

  /** Undefined if only the records can answer. */
  runFor(key: Digest): Standing | undefined {
    this.#asked += 1;
    if (this.#asked <= BEFORE_INDEX) return undefined;
    this.#keepStill();
    const target = this.#reader.refTarget('keys', key);
    const known = target === undefined ? undefined : this.#index.find(target);
    if (known === undefined || known.summary.input_key !== key || !known.summary.answers) return undefined;
    const seal = this.#reader.runSeal(known.id);
    if (seal === undefined || sealDigits(seal) !== known.seal) return undefined;
    const { id, state, result_digest, ticks_completed, started_at, ended_at } = known.summary;
    const { failure, retain } = known;
    return { id, state, failure, result_digest, ticks_completed, started_at, ended_at, retain };
  }

  /** Within one turn of the event loop, the directories are looked at once, not for each key. */
  #keepStill(): void {
    const view = this.#reader.segments?.view;
    if (view === undefined || view.isStill) return;
    setImmediate(onFile('list', SEGMENTS, () => view.keepStill()));
  }
}
