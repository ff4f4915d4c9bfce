/**
 * The programmatic interface of the package (docs/api.md): read stored runs, compare and verify them, compute
 * runs, load documents. Everything here is stable; further exports of the rooms of lib/ are not.
 *
 * Reading is deterministic and never writes; a missing item is a typed not-found, invalid documents are
 * values, and only the environment (a full disk, a damaged blob) throws, as AetherError with a stable code.
 */
import { StoreReader } from './inspect/index.js';
import { nodePlatform } from './platform/index.js';
import { openDiskStore } from './store/index.js';

export { canonicalJson, type Json } from './base/canonical-json.js';
export { hashRecord, parseDigest, sha256, type Digest } from './base/digest.js';
export { AetherError } from './base/errors.js';
export { OBSERVABLES, type RunObservables } from './base/observables.js';
export type { Checked, Problem } from './base/problem.js';
export { parseConfigRunId, parseRunId, type ConfigRunId, type RunId } from './base/run-id.js';
export type { Infer, Schema } from './base/schema.js';
export {
  loadManifests,
  loadRunConfigFile,
  parseOverride,
  renderProblem,
  ScenarioRegistry,
  validateFile,
  type ManifestScenario,
  type Override,
} from './config/index.js';
export { CODEX_MOTIF, CODEX_PROPOSAL, type CodexMotif, type CodexProposal } from './engine/codex/records.js';
export { NAP_ENVELOPE, type NapEnvelope } from './engine/gate/records.js';
export { I_BLOCK, P_BLOCK, type IBlock, type PBlock } from './engine/loom/records.js';
export {
  APX_CANDIDATES,
  APX_MANIFEST,
  APXI_VIEW,
  type ApxCandidates,
  type ApxManifest,
  type ApxiView,
} from './engine/press/records.js';
export { ULEDGER_ENTRY, type ULedgerEntry } from './engine/uledger/records.js';
export {
  DIAGNOSTICS_RECORD,
  TICK_LEDGER,
  type DiagnosticsRecord,
  type TickLedger,
} from './engine/umx/records.js';
export type {
  AeonGrammar,
  AeonWindow,
  ApxiDescriptor,
  Governance,
  Pfna,
  Profile,
  RunConfig,
  RunInputs,
  RunWindow,
  SlpEvent,
  Topology,
} from './engine/inputs.js';
export {
  describeNotFound,
  diffRuns,
  explainRun,
  openRun,
  plotRun,
  replayRun,
  replayTick,
  RunView,
  StoreReader,
  valueOrThrow,
  verifyRun,
  type Divergence,
  type Explanation,
  type InputDifference,
  type Lookup,
  type NotFound,
  type RunDiff,
  type RunReplay,
  type RunSummary,
  type RunVerification,
  type TickReplay,
} from './inspect/index.js';
export type { Column } from './inspect/columns/column.js';
export type { Value, ValueType } from './inspect/columns/value.js';
export {
  diffBatches,
  sideOfRecord,
  type BatchDiff,
  type BatchSide,
  type RunChange,
} from './inspect/batch-diff/index.js';
export { runHistory, type History, type HistoryEntry } from './inspect/history/index.js';
export type {
  AxisValues,
  Selected,
  SelectedRun,
  SelectedRuns,
  Selection,
  SelectionHooks,
  SelectionProblem,
} from './inspect/selection/index.js';
export { METRIC_NAMES, type SeriesHooks, type SeriesQuery } from './inspect/series/index.js';
export {
  TABLE_FORMATS,
  TableReader,
  type Aggregation,
  type TableColumn,
  type TableFormat,
  type TableQuery,
} from './inspect/table/index.js';
export { nodeDocumentFiles } from './platform/index.js';
export {
  APPLIED_EVENT,
  ARTEFACT_KINDS,
  CHAIN_LINK,
  ENGINE_VERSION,
  inputKey,
  Session,
  type AppliedEvent,
  type ArtefactKind,
  type ArtefactRecords,
  type ChainLink,
  type ChunkSpan,
  type GovernanceRecord,
  type PfnaRecord,
  type RunMetrics,
  type RunSink,
  type SessionOptions,
  type SessionOutcome,
} from './session/index.js';
export {
  BATCH_RECORD,
  REMARK,
  RUN_RECORD,
  type ArtefactEntry,
  type ArtefactReader,
  type BatchRecord,
  type BatchSummary,
  type ChunkEntry,
  type Remark,
  type RunFacts,
  type RunRecord,
} from './store/index.js';

/**
 * Opens the store in a directory for reading. Creates nothing; close it when done.
 *
 * @param directory the directory that contains store.json; default of the programs: `artefacts`
 * @throws AetherError STORE_NOT_FOUND, STORE_NOT_A_STORE, STORE_FORMAT, STORE_IO
 */
export async function openStore(directory: string): Promise<StoreReader> {
  return new StoreReader(await openDiskStore({ root: directory, mode: 'read', platform: nodePlatform() }));
}
