import type { ArtefactEntry, RunRecord } from './record-types.js';

/**
 * Bytes of the artefacts of a run; undefined if they are not stored, missing or damaged. Missing and damaged
 * bytes are reported elsewhere.
 */
export interface RunEvidence {
  whole(entry: ArtefactEntry): Promise<Uint8Array | undefined>;
  /** The last chunk alone. */
  last(entry: ArtefactEntry): Promise<Uint8Array | undefined>;
  /** The bytes from a chunk on, piece by piece; yields undefined for unreadable bytes, and then ends. */
  from(entry: ArtefactEntry, chunk: number): AsyncIterable<Uint8Array | undefined>;
}

/** A field of a run record that the artefacts contradict, and a text that follows the name of the field. */
export interface Contradiction {
  readonly field: string;
  readonly message: string;
}

/**
 * Checks a record against the artefacts of its run. Injected: the store itself knows neither how a key is
 * computed nor the content of records.
 */
export type FindContradictions = (run: RunRecord, evidence: RunEvidence) => Promise<readonly Contradiction[]>;
