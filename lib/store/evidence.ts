import type { ArtefactEntry, RunRecord } from './records.js';

/** Bytes of a run's artefacts; undefined where they are not stored, or are missing or damaged, which is reported as such. */
export interface RunEvidence {
  whole(entry: ArtefactEntry): Promise<Uint8Array | undefined>;
  /** The last chunk alone. */
  last(entry: ArtefactEntry): Promise<Uint8Array | undefined>;
  /** The bytes from a chunk on, piece by piece; undefined comes in place of what cannot be read, and then nothing more. */
  from(entry: ArtefactEntry, chunk: number): AsyncIterable<Uint8Array | undefined>;
}

/** A field of a run record that the artefacts contradict, and how, in words that follow the field's name. */
export interface Contradiction {
  readonly field: string;
  readonly message: string;
}

/**
 * Holds a record against the artefacts of its run. Handed in: the store itself knows neither how a key is made nor what
 * records hold.
 */
export type FindContradictions = (run: RunRecord, evidence: RunEvidence) => Promise<readonly Contradiction[]>;
