import type { Json } from '../base/canonical-json.js';
import type { CodexMotif, CodexProposal } from '../engine/codex/records.js';
import type { NapEnvelope } from '../engine/gate/records.js';
import type { IBlock, PBlock } from '../engine/loom/records.js';
import type { ApxCandidates, ApxManifest, ApxiView } from '../engine/press/records.js';
import type { ULedgerEntry } from '../engine/uledger/records.js';
import type { TickLedger } from '../engine/umx/records.js';
import type { AppliedEvent, ChainLink } from '../session/record-schemas.js';
import { LAYERS, type Layer, type RunInputs, type RunWindow, type Topology } from '../engine/inputs.js';
import type { ArtefactRecords } from '../session/artefact-records.js';
import { ARTEFACT_KINDS, type ArtefactKind } from '../session/records.js';
import type { RunRecord } from '../store/record-types.js';
import { AeonView } from './aeon.js';
import { artefactBytes } from './artefacts/artefact-source.js';
import { graphAt } from './graph-at.js';
import { found, notFound, type Lookup } from './find/lookup.js';
import {
  artefactEntry,
  missingIBlock,
  missingRecord,
  noMetrics,
  noSuchTick,
  unknownKind,
} from './artefacts/missing-record.js';
import { named } from './find/named-item.js';
import type { RunArtefacts } from './artefacts/run-artefacts.js';
import { runSummary, type RunSummary } from './run-summary.js';
import type { Selected } from './selection/selection.js';
import { openRunSeries, type SeriesHooks, type SeriesQuery } from './series/open-series.js';
import { readTable, type TableReader } from './table/table-reader.js';
import { findWindow, recordOfWindow, type WindowRef } from './find/window-lookup.js';

/** Filter of envelopes; an absent field matches all. */
export interface EnvelopeFilter {
  readonly tick?: number;
  readonly layer?: Layer;
}

/**
 * One stored run, read only. Answers are read from the chunks that contain them; what a compact run does not
 * store is derived and checked against the recorded hashes. A missing item is a typed not-found; damaged
 * bytes are AetherErrors (STORE_BLOB_*, RUN_ARTEFACT_CORRUPT, REPLAY_MISMATCH).
 */
export class RunView {
  readonly record: RunRecord;
  readonly artefacts: RunArtefacts;

  constructor(artefacts: RunArtefacts) {
    this.artefacts = artefacts;
    this.record = artefacts.record;
  }

  /** The resolved documents of the run. */
  inputs(): Promise<RunInputs> {
    return this.artefacts.inputs();
  }

  /** Description, outcome and available artefacts of the run. */
  summary(): RunSummary {
    return runSummary(this.record);
  }

  /** Metrics record of a completed run. */
  metrics(): Lookup<Json> {
    const { metrics } = this.record;
    return metrics === null ? noMetrics(this.artefacts) : found(metrics);
  }

  ledger(tick: number): Promise<Lookup<TickLedger>> {
    return this.#atTick('umx_ledger', tick);
  }

  pBlock(tick: number): Promise<Lookup<PBlock>> {
    return this.#atTick('loom_p_blocks', tick);
  }

  /** The I-block of a tick; only every W-th tick has one. */
  async iBlock(tick: number): Promise<Lookup<IBlock>> {
    return (await missingIBlock(this.artefacts, tick)) ?? this.#atTick('loom_i_blocks', tick);
  }

  /** P- and I-blocks of a window's ticks. */
  async blocks(
    window: WindowRef,
  ): Promise<Lookup<{ readonly p_blocks: readonly PBlock[]; readonly i_blocks: readonly IBlock[] }>> {
    const which = await this.window(window);
    if (!which.ok) return which;
    const { start_tick, end_tick } = which.value;
    const p_blocks = await this.#collect('loom_p_blocks', start_tick, end_tick);
    const i_blocks = await this.#collect('loom_i_blocks', start_tick, end_tick);
    return found({ p_blocks, i_blocks });
  }

  /** The chain links of a tick: that of its P-block, then that of its I-block if it has one. */
  async links(tick: number): Promise<Lookup<readonly ChainLink[]>> {
    const missing = missingRecord(this.artefacts, 'loom_chain', tick);
    return missing ?? found(await this.#collect('loom_chain', tick, tick));
  }

  /** A declared window. */
  async window(ref: WindowRef): Promise<Lookup<RunWindow>> {
    return findWindow((await this.inputs()).run.windows, ref);
  }

  /** The APX manifest of a window. */
  manifest(window: WindowRef): Promise<Lookup<ApxManifest>> {
    return this.#ofWindow('apx_manifests', window);
  }

  /** All coding candidates of a window. */
  candidates(window: WindowRef): Promise<Lookup<ApxCandidates>> {
    return this.#ofWindow('apx_candidates', window);
  }

  /** The APXi view of a window; only for windows that enable one. */
  apxiView(window: WindowRef): Promise<Lookup<ApxiView>> {
    return this.#ofWindow('apxi_views', window);
  }

  /** The AEON grammar of the run. */
  async aeon(): Promise<Lookup<AeonView>> {
    const { aeon, run } = await this.inputs();
    return aeon === undefined
      ? notFound('AEON grammar: the run has none')
      : found(new AeonView(aeon, run.windows));
  }

  /** The graph in the step of a tick; tick 0 is the topology of the document. */
  async topology(tick: number): Promise<Topology> {
    return graphAt(await this.inputs(), tick);
  }

  /** The structural events of a tick, in order; all of them without a tick. */
  async events(tick?: number): Promise<readonly AppliedEvent[]> {
    return this.#collect('slp', tick ?? 0, tick ?? Infinity);
  }

  /** Envelopes in stream order; an empty list if the tick exists but has none on the layer. */
  async envelopes({ tick, layer }: EnvelopeFilter = {}): Promise<Lookup<readonly NapEnvelope[]>> {
    if (layer !== undefined && !LAYERS.includes(layer)) return notFound(`layer ${String(layer)}`, LAYERS);
    const missing =
      tick === undefined
        ? missingRecord(this.artefacts, 'nap_envelopes')
        : missingRecord(this.artefacts, 'nap_envelopes', tick);
    if (missing !== undefined) return missing;
    const all = await this.#collect('nap_envelopes', tick ?? 1, tick ?? Infinity);
    return found(layer === undefined ? all : all.filter((envelope) => envelope.layer === layer));
  }

  /** The U-ledger entry of a tick, or at an index from 0. */
  uEntry(at: number | { readonly index: number }): Promise<Lookup<ULedgerEntry>> {
    return this.#atTick('u_ledger', typeof at === 'number' ? at : at.index + 1);
  }

  /** Motifs of the Codex; not recorded if it did not run. */
  motifs(): Promise<Lookup<readonly CodexMotif[]>> {
    return this.#everything('codex_motifs');
  }

  proposals(): Promise<Lookup<readonly CodexProposal[]>> {
    return this.#everything('codex_proposals');
  }

  async motif(id: string): Promise<Lookup<CodexMotif>> {
    return named(await this.motifs(), 'motif', id, (motif) => motif.motif_id);
  }

  async proposal(id: string): Promise<Lookup<CodexProposal>> {
    return named(await this.proposals(), 'proposal', id, (proposal) => proposal.proposal_id);
  }

  /**
   * Records of a kind with from <= tick <= to, one after another, without holding them; none if the run has
   * no such artefact. Records without a tick, such as motifs, have tick 0.
   *
   * @throws AetherError RUN_ARTEFACT_UNKNOWN when no run has artefacts of the kind; STORE_BLOB_*,
   * REPLAY_MISMATCH
   */
  async *records<K extends ArtefactKind>(
    kind: K,
    from = 0,
    to = Infinity,
  ): AsyncGenerator<ArtefactRecords[K], void, undefined> {
    if (!ARTEFACT_KINDS.includes(kind)) throw unknownKind(kind);
    for await (const line of this.artefacts.lines(kind, from, to))
      yield JSON.parse(line) as ArtefactRecords[K];
  }

  /**
   * Values over ticks as a table: the column `tick`, then one for each metric, of integers. A metric is `C_t`, `s_t`,
   * `sum_abs_flux`, `sum_u`, `min_u`, `max_u`, `nonzero_nodes`, `u[3]`, `u[*]`, `f[7]`, `f[*]`, `press_bits` or
   * `press_bits.<stream>`; nodes and edges count from 1.
   *
   * @returns a problem for a metric that the run does not have
   * @throws AetherError STORE_BLOB_*, REPLAY_MISMATCH
   */
  async series(query: SeriesQuery, hooks: SeriesHooks = {}): Promise<Selected<TableReader>> {
    return readTable(await openRunSeries(this.artefacts, query, hooks));
  }

  /**
   * The exact bytes of an artefact, chunk by chunk. Each chunk is verified before it is yielded, the whole
   * after the last one.
   */
  async cat(kind: string): Promise<Lookup<AsyncIterable<Uint8Array>>> {
    const entry = artefactEntry(this.artefacts, kind);
    return entry.ok ? found(artefactBytes((await this.artefacts.reader(entry.value)).source)) : entry;
  }

  async #atTick<K extends ArtefactKind>(kind: K, tick: number): Promise<Lookup<ArtefactRecords[K]>> {
    const missing = missingRecord(this.artefacts, kind, tick);
    if (missing !== undefined) return missing;
    const record = await this.artefacts.first(kind, tick);
    return record === undefined
      ? noSuchTick(this.artefacts, kind, tick)
      : found(record as unknown as ArtefactRecords[K]);
  }

  async #ofWindow<K extends ArtefactKind>(kind: K, ref: WindowRef): Promise<Lookup<ArtefactRecords[K]>> {
    const missing = missingRecord(this.artefacts, kind);
    if (missing !== undefined) return missing;
    const window = await this.window(ref);
    return window.ok ? recordOfWindow<ArtefactRecords[K]>(this.artefacts, kind, window.value) : window;
  }

  async #everything<K extends ArtefactKind>(kind: K): Promise<Lookup<readonly ArtefactRecords[K][]>> {
    return missingRecord(this.artefacts, kind) ?? found(await this.#collect(kind, 0, Infinity));
  }

  async #collect<K extends ArtefactKind>(
    kind: K,
    from: number,
    to: number,
  ): Promise<readonly ArtefactRecords[K][]> {
    const list: ArtefactRecords[K][] = [];
    for await (const record of this.records(kind, from, to)) list.push(record);
    return list;
  }
}
