/**
 * The session: one run from resolved documents to streams of canonical records (engine contract, sections 3
 * to 9), its input key (batch contract, section 2) and its replay. Pure and synchronous: bytes go to a sink,
 * events to a callback, and memory does not grow with ticks beyond what the contract requires (104 bytes per
 * tick of an open window, one signature per distinct Codex pattern).
 */
export { ENGINE_VERSION, inputKey } from './input-key.js';
export { APPLIED_EVENT, CHAIN_LINK, type AppliedEvent, type ChainLink } from './record-schemas.js';
export type { ArtefactRecords, GovernanceRecord, PfnaRecord } from './artefact-records.js';
export type { RunMetrics } from './metrics.js';
export { ARTEFACT_KINDS, type ArtefactKind, type ChunkSpan, type RunSink } from './records.js';
export { Session, type SessionOptions, type SessionOutcome } from './session.js';
