import type { Json } from '../base/canonical-json.js';
import type { CodexMotif } from '../engine/codex/motif.js';
import type { CodexProposal } from '../engine/codex/proposal.js';
import type { NapEnvelope } from '../engine/gate/envelope.js';
import { LAYERS, type Layer, type RunInputs, type RunWindow } from '../engine/inputs.js';
import type { IBlock, PBlock } from '../engine/loom/blocks.js';
import type { ApxCandidates, ApxManifest } from '../engine/press/manifest.js';
import type { ULedgerEntry } from '../engine/uledger/entry.js';
import type { TickLedger } from '../engine/umx/ledger-record.js';
import type { ArtefactKind } from '../run/records.js';
import type { RunRecord } from '../store/records.js';
import { artefactBytes } from './artefact-source.js';
import { found, notFound, type Lookup, type NotFound } from './lookup.js';
import { nearNames } from './near-names.js';
import type { RunArtefacts } from './run-artefacts.js';
import { runSummary, type RunSummary } from './run-summary.js';

/** A line of the tamper-evidence chain (engine contract, section 4.3). */
export interface ChainLink {
  readonly tick: number;
  readonly block: 'P' | 'I';
  readonly link_hash: string;
  /** Of I-blocks. */
  readonly merkle_root?: string;
}

/** Which envelopes are meant; an absent field means all. */
export interface EnvelopeFilter {
  readonly tick?: number;
  readonly layer?: Layer;
}

/** A window by its id, or by its place among the declared ones, from 1. */
export type WindowRef = string | number;

/**
 * One stored run, read only. Answers come from the chunks that hold them; what a compact run does not store is
 * re-derived and checked against the recorded hashes. What does not exist is a typed not-found; damaged bytes are
 * AetherErrors (STORE_BLOB_*, RUN_ARTEFACT_CORRUPT, REPLAY_MISMATCH).
 */
export class RunView {
  readonly record: RunRecord;
  readonly artefacts: RunArtefacts;

  constructor(artefacts: RunArtefacts) {
    this.artefacts = artefacts;
    this.record = artefacts.record;
  }

  /** The resolved documents the run was computed from. */
  inputs(): Promise<RunInputs> {
    return this.artefacts.inputs();
  }

  /** What the run is, what became of it, and what there is to look at. */
  summary(): RunSummary {
    return runSummary(this.record);
  }

  /** Metrics record of a completed run. */
  metrics(): Lookup<Json> {
    const { metrics } = this.record;
    return metrics === null ? this.#notRecorded('metrics') : found(metrics);
  }

  ledger(tick: number): Promise<Lookup<TickLedger>> {
    return this.#atTick('umx_ledger', tick);
  }

  pBlock(tick: number): Promise<Lookup<PBlock>> {
    return this.#atTick('loom_p_blocks', tick);
  }

  /** The I-block of a tick; only every W-th tick has one. */
  iBlock(tick: number): Promise<Lookup<IBlock>> {
    return this.#atTick('loom_i_blocks', tick);
  }

  /** P- and I-blocks of a window's ticks. */
  async blocks(
    window: WindowRef,
  ): Promise<Lookup<{ readonly p_blocks: readonly PBlock[]; readonly i_blocks: readonly IBlock[] }>> {
    const which = await this.window(window);
    if (!which.ok) return which;
    const { start_tick, end_tick } = which.value;
    const p_blocks = await this.#collect<PBlock>('loom_p_blocks', start_tick, end_tick);
    const i_blocks = await this.#collect<IBlock>('loom_i_blocks', start_tick, end_tick);
    return found({ p_blocks, i_blocks });
  }

  /** The chain links of a tick: that of its P-block, then that of its I-block if it has one. */
  async links(tick: number): Promise<Lookup<readonly ChainLink[]>> {
    const missing = this.#missing('loom_chain', tick);
    return missing ?? found(await this.#collect<ChainLink>('loom_chain', tick, tick));
  }

  /** A declared window. */
  async window(ref: WindowRef): Promise<Lookup<RunWindow>> {
    const { windows } = (await this.inputs()).run;
    const byId = windows.find((w) => w.window_id === ref);
    const position = Number(ref);
    const window = byId ?? (Number.isInteger(position) ? windows[position - 1] : undefined);
    if (window !== undefined) return found(window);
    const ids = windows.map((w) => w.window_id);
    const near = nearNames(String(ref), ids);
    return notFound(`window ${String(ref)}`, near.length > 0 ? near : ids.slice(0, 5));
  }

  /** The APX manifest of a window. */
  manifest(window: WindowRef): Promise<Lookup<ApxManifest>> {
    return this.#ofWindow('apx_manifests', window);
  }

  /** Every candidate that was weighed for a window. */
  candidates(window: WindowRef): Promise<Lookup<ApxCandidates>> {
    return this.#ofWindow('apx_candidates', window);
  }

  /** Envelopes in stream order; an empty list when the tick exists but has none on that layer. */
  async envelopes({ tick, layer }: EnvelopeFilter = {}): Promise<Lookup<readonly NapEnvelope[]>> {
    if (layer !== undefined && !LAYERS.includes(layer)) return notFound(`layer ${String(layer)}`, LAYERS);
    const missing =
      tick === undefined ? this.#missing('nap_envelopes') : this.#missing('nap_envelopes', tick);
    if (missing !== undefined) return missing;
    const all = await this.#collect<NapEnvelope>('nap_envelopes', tick ?? 1, tick ?? Infinity);
    return found(layer === undefined ? all : all.filter((envelope) => envelope.layer === layer));
  }

  /** The U-ledger entry of a tick, or at an index from 0. */
  uEntry(at: number | { readonly index: number }): Promise<Lookup<ULedgerEntry>> {
    return this.#atTick('u_ledger', typeof at === 'number' ? at : at.index + 1);
  }

  /** What the Codex learnt; not recorded when it did not run. */
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

  /** Records of a kind with from <= tick <= to, one after another, without holding them. */
  async *records(kind: ArtefactKind, from = 0, to = Infinity): AsyncGenerator<Json> {
    for await (const line of this.artefacts.lines(kind, from, to)) yield JSON.parse(line) as Json;
  }

  /**
   * The exact bytes of an artefact, chunk by chunk. Each chunk is checked before it is handed out, the whole after the
   * last one.
   */
  async cat(kind: string): Promise<Lookup<AsyncIterable<Uint8Array>>> {
    const entry = this.artefacts.entry(kind);
    if (entry === undefined) return this.#notRecorded(kind);
    return found(artefactBytes((await this.artefacts.reader(entry)).source));
  }

  async #atTick<T>(kind: ArtefactKind, tick: number): Promise<Lookup<T>> {
    const missing = this.#missing(kind, tick);
    if (missing !== undefined) return missing;
    const record = await this.artefacts.first(kind, tick);
    return record === undefined ? this.#noSuchTick(kind, tick) : found(record as T);
  }

  async #ofWindow<T>(kind: ArtefactKind, ref: WindowRef): Promise<Lookup<T>> {
    const missing = this.#missing(kind);
    if (missing !== undefined) return missing;
    const window = await this.window(ref);
    if (!window.ok) return window;
    const entry = this.artefacts.entry(kind)!;
    // The records themselves carry no tick; their chunks know the tick at which the windows closed.
    const { window_id, end_tick } = window.value;
    const reader = await this.artefacts.reader(entry);
    for (const [n, chunk] of reader.source.chunks.entries()) {
      if (chunk.last_tick < end_tick || chunk.first_tick > end_tick) continue;
      const records = await reader.chunk(n);
      for (let at = 0; at < records.count; at++) {
        const record = records.record(at);
        if (record['window_id'] === window_id) return found(record as T);
      }
    }
    return notFound(`${kind} of window ${window_id}, which the run did not close`);
  }

  async #everything<T>(kind: ArtefactKind): Promise<Lookup<readonly T[]>> {
    return this.#missing(kind) ?? found(await this.#collect<T>(kind, 0, Infinity));
  }

  async #collect<T>(kind: ArtefactKind, from: number, to: number): Promise<readonly T[]> {
    const list: T[] = [];
    for await (const line of this.artefacts.lines(kind, from, to)) list.push(JSON.parse(line) as T);
    return list;
  }

  #missing(kind: ArtefactKind, tick?: number): NotFound | undefined {
    if (this.artefacts.entry(kind) === undefined) return this.#notRecorded(kind);
    const { ticks_completed } = this.record;
    const isTick = tick === undefined || (Number.isInteger(tick) && tick >= 1 && tick <= ticks_completed);
    return isTick ? undefined : this.#noSuchTick(kind, tick);
  }

  #noSuchTick(kind: ArtefactKind, tick: number): NotFound {
    const ticks = this.artefacts.entry(kind)?.chunks ?? [];
    const last = ticks.at(-1)?.last_tick ?? this.record.ticks_completed;
    return notFound(
      `tick ${String(tick)} in ${kind}`,
      last === 0 ? [] : [`tick ${String(tick < 1 ? 1 : last)}`],
    );
  }

  #notRecorded(kind: string): NotFound {
    const kinds = this.record.artefacts.map((artefact) => artefact.kind);
    const near = nearNames(kind, kinds);
    return notFound(`artefact ${kind}`, near.length > 0 ? near : kinds, 'not_recorded');
  }
}

function named<T>(
  list: Lookup<readonly T[]>,
  what: string,
  id: string,
  idOf: (item: T) => string,
): Lookup<T> {
  if (!list.ok) return list;
  const item = list.value.find((candidate) => idOf(candidate) === id);
  return item === undefined ? notFound(`${what} ${id}`, nearNames(id, list.value.map(idOf))) : found(item);
}
