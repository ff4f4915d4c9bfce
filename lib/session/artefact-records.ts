import type { Digest } from '../base/digest.js';
import type { CodexMotif, CodexProposal } from '../engine/codex/records.js';
import type { NapEnvelope } from '../engine/gate/records.js';
import type { IBlock, PBlock } from '../engine/loom/records.js';
import type { ApxCandidates, ApxManifest, ApxiView } from '../engine/press/records.js';
import type { ULedgerEntry } from '../engine/uledger/records.js';
import type { DiagnosticsRecord, TickLedger } from '../engine/umx/records.js';
import type { BudgetUsage } from '../engine/governance/budget.js';
import type { Governance, PfnaEntry, RunInputs } from '../engine/inputs.js';
import type { LogEntry } from '../telemetry/log-entry.js';
import type { RunMetrics } from './metrics.js';
import type { ReplayStart } from './replay.js';
import type { AppliedEvent, ChainLink } from './record-schemas.js';

/** An applied PFNA entry (engine contract, section 6). */
export type PfnaRecord = Omit<PfnaEntry, 'description'>;

/** The policy set of a governed run and the usage of its budget (engine contract, section 8). */
export interface GovernanceRecord extends Omit<Governance, 'allowed_layers' | 'max_envelopes_per_tick'> {
  readonly policy_set_hash: Digest;
  /** Null if no proposal was judged. */
  readonly usage: BudgetUsage | null;
  /** Proposals accepted under ENFORCE. */
  readonly approved: number;
  /** Proposals accepted under DRY_RUN. */
  readonly hypothetical: number;
}

/**
 * The record type of each artefact kind: one record per line, or the whole document of `inputs`, `metrics`
 * and `governance`. docs/contracts/records/ has a page for each.
 */
export interface ArtefactRecords {
  readonly inputs: RunInputs;
  readonly umx_ledger: TickLedger;
  readonly loom_p_blocks: PBlock;
  readonly loom_i_blocks: IBlock;
  readonly loom_chain: ChainLink;
  readonly apx_manifests: ApxManifest;
  readonly apx_candidates: ApxCandidates;
  readonly apxi_views: ApxiView;
  readonly nap_envelopes: NapEnvelope;
  readonly u_ledger: ULedgerEntry;
  readonly metrics: RunMetrics;
  readonly pfna: PfnaRecord;
  readonly slp: AppliedEvent;
  readonly diagnostics: DiagnosticsRecord;
  readonly governance: GovernanceRecord;
  readonly codex_motifs: CodexMotif;
  readonly codex_proposals: CodexProposal;
  readonly state_checkpoints: ReplayStart;
  readonly log: LogEntry;
}
