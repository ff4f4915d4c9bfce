import type { Infer } from '../../base/schema.js';
import { fieldOf, list, object, orNull, pick } from '../../base/schema.js';
import { CODEX_MOTIF, CODEX_PROPOSAL } from '../../engine/codex/records.js';
import { NAP_ENVELOPE } from '../../engine/gate/records.js';
import { I_BLOCK, P_BLOCK } from '../../engine/loom/records.js';
import { APX_CANDIDATES, APX_MANIFEST, APXI_VIEW } from '../../engine/press/records.js';
import { ULEDGER_ENTRY } from '../../engine/uledger/records.js';
import { TICK_LEDGER } from '../../engine/umx/records.js';
import { APPLIED_EVENT, CHAIN_LINK } from '../../session/record-schemas.js';
import { ARTEFACT, RUN_RECORD } from '../../store/record-schemas.js';
import { named } from './named-schema.js';

/** Records of runs, as the engine and the store declare them. */
export const RECORDS = {
  ledger: named('TickLedger', TICK_LEDGER),
  p_block: named('PBlock', P_BLOCK),
  i_block: named('IBlock', I_BLOCK),
  link: named('ChainLink', CHAIN_LINK),
  manifest: named('ApxManifest', APX_MANIFEST),
  candidates: named('ApxCandidates', APX_CANDIDATES),
  apxi_view: named('ApxiView', APXI_VIEW),
  envelope: named('Envelope', NAP_ENVELOPE),
  u_entry: named('UEntry', ULEDGER_ENTRY),
  motif: named('CodexMotif', CODEX_MOTIF),
  proposal: named('CodexProposal', CODEX_PROPOSAL),
  event: named('AppliedEvent', APPLIED_EVENT),
} as const;

export type TickLedger = Infer<typeof TICK_LEDGER>;
export type EdgeRow = TickLedger['edges'][number];
export type IBlock = Infer<typeof I_BLOCK>;
export type ChainLink = Infer<typeof CHAIN_LINK>;
export type ApxManifest = Infer<typeof APX_MANIFEST>;
export type ApxStream = ApxManifest['streams'][number];
export type ApxCandidates = Infer<typeof APX_CANDIDATES>;
export type Candidate = ApxCandidates['streams'][number]['candidates'][number];
export type ApxiView = Infer<typeof APXI_VIEW>;
export type Envelope = Infer<typeof NAP_ENVELOPE>;
export type LedgerEntry = Infer<typeof ULEDGER_ENTRY>;
export type Motif = Infer<typeof CODEX_MOTIF>;
export type Proposal = Infer<typeof CODEX_PROPOSAL>;
export type AppliedEvent = Infer<typeof APPLIED_EVENT>;

/** The part of a run record that GET /history/{run_id} shows. */
export const STORED_RUN = named(
  'StoredRun',
  object('Digests, inputs, engine and artefacts of a run.', {
    input_key: fieldOf(RUN_RECORD, 'input_key'),
    inputs: fieldOf(RUN_RECORD, 'inputs'),
    state: fieldOf(RUN_RECORD, 'state'),
    failure: fieldOf(RUN_RECORD, 'failure'),
    retain: fieldOf(RUN_RECORD, 'retain'),
    engine: fieldOf(RUN_RECORD, 'engine'),
    result_digest: orNull(fieldOf(RUN_RECORD, 'result_digest')),
    loom: fieldOf(RUN_RECORD, 'loom'),
    golden: fieldOf(RUN_RECORD, 'golden'),
    cell: fieldOf(RUN_RECORD, 'cell'),
    gid: fieldOf(RUN_RECORD, 'gid'),
    config_run_id: fieldOf(RUN_RECORD, 'run_id'),
    artefacts: list(
      pick(ARTEFACT, ['kind', 'media_type', 'digest', 'size', 'records', 'stored']),
      'Its artefacts.',
    ),
  }),
);
export type StoredRun = Infer<typeof STORED_RUN>;
