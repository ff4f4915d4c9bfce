/**
 * The session: one run from resolved documents to streams of canonical records (engine contract, sections 3 to 9), its
 * input key (batch contract, section 2) and its replay. Pure and synchronous: bytes leave through a sink, happenings
 * through events, and memory does not grow with ticks beyond what the contract forces (104 bytes per tick of an open
 * window, one signature per distinct Codex pattern).
 */
export {
  ENGINE_VERSION,
  RECORD_SCHEMAS,
  inputKey,
  type DocumentDigests,
  type InputKey,
} from './input-key.js';
export type {
  AppliedEvent,
  ArtefactRecords,
  ChainLink,
  GovernanceRecord,
  PfnaRecord,
} from './artefact-records.js';
export type { RunMetrics } from './metrics.js';
export {
  ARTEFACT_KINDS,
  COMPACT_KINDS,
  JSON_KINDS,
  NON_RESULT_KINDS,
  type ArtefactKind,
  type ChunkSpan,
  type RunSink,
} from './records.js';
export { CHUNK_BYTES } from './record-stream.js';
export { Replay, type ReplayedTick, type ReplayStart } from './replay.js';
export {
  Session,
  type RunFault,
  type SessionOptions,
  type SessionOutcome,
  type SessionView,
} from './session.js';
