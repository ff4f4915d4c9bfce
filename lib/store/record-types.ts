import { hashRecord, type Digest } from '../base/digest.js';
import type { Infer } from '../base/schema.js';
import type { ARTEFACT, BATCH_RECORD, CHUNK, ENGINE, FAILURE, RUN_RECORD } from './record-schemas.js';

export { RUN_STATES, type RunState } from './run-states.js';

/** A contiguous, record-aligned part of one artefact, stored as one blob. */
export type ChunkEntry = Infer<typeof CHUNK>;
/** One artefact of a run; its digest, size and number of records are independent of the chunks. */
export type ArtefactEntry = Infer<typeof ARTEFACT>;
/** Why a run did not complete. */
export type RunFailure = Infer<typeof FAILURE>;
/** The program that computed a run. */
export type EngineStamp = Infer<typeof ENGINE>;
/** One execution, written once when all its blobs are durable. */
export type RunRecord = Infer<typeof RUN_RECORD>;
/** One call of the batch runner: its plan and its outcomes. */
export type BatchRecord = Infer<typeof BATCH_RECORD>;

/** `result_digest` of a run without result artefacts. */
export const NO_RESULT = hashRecord({});

/** The digest of the result of a run; null if it failed before it had one. */
export function resultOf({ result_digest }: Pick<RunRecord, 'result_digest'>): Digest | null {
  return result_digest === NO_RESULT ? null : result_digest;
}

/**
 * Duration of a run in milliseconds. Ends are computed from a monotonic clock; records of older versions took
 * both times from the wall clock, so a negative difference counts as 0.
 */
export function durationOf({ started_at, ended_at }: Pick<RunRecord, 'started_at' | 'ended_at'>): number {
  return Math.max(0, Date.parse(ended_at) - Date.parse(started_at));
}
