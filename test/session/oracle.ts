import type { RunInputs, RunWindow, StreamSource } from '../../lib/engine/inputs.js';
import { viewRecord, viewRef } from './oracle-apxi.js';
import { motifs, type Motif } from './oracle-codex.js';
import { envelopes, windowOfTick, type Envelopes } from './oracle-gate.js';
import { eventRecord, eventsOf, graphAt, resized } from './oracle-graph.js';
import { judge, policyHash, type Judged } from './oracle-governance.js';
import { jsonl, recordHash, type Exact } from './oracle-json.js';
import { iBlock, linkLines, nextChain, pBlock, sOfTick } from './oracle-loom.js';
import { candidateRecord, manifestRecord } from './oracle-manifest.js';
import { sourceRow, type Rows } from './oracle-press.js';
import { RangeWatch, type RangeBreak } from './oracle-range.js';
import { ledgerRecord, stepTick, withPfna, type TickStep } from './oracle-umx.js';

/** Artefact text by kind. */
export type OracleTexts = Readonly<Record<string, string>>;

/**
 * The result of a run by the engine contract, computed in the simplest way: the whole run in memory, every
 * number a bigint, every record an object, and no code shared with the engine.
 */
export type OracleResult =
  | { readonly state: 'completed'; readonly texts: OracleTexts }
  | { readonly state: 'out_of_range'; readonly at: RangeBreak; readonly texts: OracleTexts }
  | { readonly state: 'dropped'; readonly texts: OracleTexts };

type Fields = Record<string, Exact>;

interface Ticks {
  readonly steps: TickStep[];
  /** C_0 .. C_T. */
  readonly chain: bigint[];
  readonly ledgers: Exact[];
  readonly pBlocks: Fields[];
  readonly iBlocks: Map<number, Fields>;
  /** In closing order: end tick, then declared order. */
  readonly manifests: {
    readonly window: RunWindow;
    readonly record: Fields;
    readonly table: Exact;
    readonly view: Exact | null;
  }[];
}

/** Runs the documents. */
export function oracle(inputs: RunInputs): OracleResult {
  const ticks: Ticks = {
    steps: [],
    chain: [BigInt(inputs.profile.C0)],
    ledgers: [],
    pBlocks: [],
    iBlocks: new Map(),
    manifests: [],
  };
  const at = runTicks(inputs, ticks);
  const texts = tickTexts(inputs, ticks);
  if (at !== null) return { state: 'out_of_range', at, texts };
  const governed = inputs.governance.governance_mode !== 'OFF';
  const found = governed ? motifs(inputs, ticks.steps) : [];
  const judged = governed ? judge(inputs, found) : null;
  const checks = new Map(
    ticks.manifests.map((m) => [m.window.window_id, m.record['manifest_check'] as bigint]),
  );
  const gate = envelopes(inputs, { chain: ticks.chain, checks, judged });
  if (gate.drops.length > 0) return { state: 'dropped', texts };
  return { state: 'completed', texts: { ...texts, ...runTexts(inputs, ticks, { found, judged, gate }) } };
}

/** Runs tick by tick until the end, or until a value exceeds the storable range. */
function runTicks(inputs: RunInputs, ticks: Ticks): RangeBreak | null {
  const start = new RangeWatch(0);
  let state = withPfna(inputs, 0, inputs.run.initial_state.map(BigInt));
  start.state(state);
  if (start.broken !== null) return start.broken;
  for (let tick = 1; tick <= inputs.run.ticks; tick++) {
    const now = { ...inputs, topology: graphAt(inputs, tick) };
    const step = stepTick(now, tick, withPfna(inputs, tick, resized(state, now.topology.N)));
    const broken = keepTick(now, step, ticks);
    if (broken !== null) return broken;
    state = [...step.post_u];
  }
  return null;
}

/** Adds the records of a tick, but only if all of its values can be stored. */
function keepTick(inputs: RunInputs, step: TickStep, ticks: Ticks): RangeBreak | null {
  const { topology, profile, run } = inputs;
  const { tick } = step;
  const watch = new RangeWatch(tick);
  watch.step(step);
  const s_t = sOfTick(profile.s_t_rule, step);
  watch.check('s_t', s_t);
  const C_t = nextChain(profile, ticks.chain.at(-1)!, { s_t, tick });
  const steps = [...ticks.steps, step];
  const closing = run.windows.filter((w) => w.end_tick === tick);
  const manifests = closing.map((window) => {
    const inside = steps.slice(window.start_tick - 1, window.end_tick);
    const rowsOf = (source: StreamSource): Rows =>
      inside.map((s) => sourceRow(source, s, ticks.chain[s.tick - 1]!));
    const closed = { gid: run.gid, profile, window, rowsOf };
    const record = manifestRecord(closed, watch);
    const ref = viewRef(window);
    if (ref !== undefined) record['apxi_view_ref'] = ref;
    return { window, record, table: candidateRecord(closed), view: viewRecord(closed, watch) };
  });
  if (watch.broken !== null) return watch.broken;
  ticks.steps.push(step);
  ticks.chain.push(C_t);
  ticks.ledgers.push(ledgerRecord(topology, step));
  ticks.pBlocks.push(pBlock(topology, step, { s_t, C_t }));
  if (tick % profile.I_block_spacing_W === 0) ticks.iBlocks.set(tick, iBlock(inputs, step, C_t));
  ticks.manifests.push(...manifests);
  return null;
}

/** Artefacts that a faulted run also has. */
function tickTexts(inputs: RunInputs, ticks: Ticks): OracleTexts {
  const { profile, run } = inputs;
  const texts: Record<string, string> = {};
  if (run.windows.some(({ apxi }) => apxi !== undefined))
    texts['apxi_views'] = jsonl(ticks.manifests.flatMap(({ view }) => (view === null ? [] : [view])));
  if (inputs.slp !== undefined)
    texts['slp'] = jsonl(ticks.steps.flatMap(({ tick }) => eventsOf(inputs, tick).map(eventRecord)));
  return {
    ...texts,
    umx_ledger: jsonl(ticks.ledgers),
    loom_p_blocks: jsonl(ticks.pBlocks),
    loom_i_blocks: jsonl([...ticks.iBlocks.values()]),
    loom_chain: jsonl(linkLines(ticks.pBlocks, ticks.iBlocks, profile.I_block_spacing_W)),
    apx_manifests: jsonl(ticks.manifests.map((m) => m.record)),
    apx_candidates: jsonl(ticks.manifests.map((m) => m.table)),
  };
}

interface Findings {
  readonly found: readonly Motif[];
  readonly judged: Judged | null;
  readonly gate: Envelopes;
}

function runTexts(inputs: RunInputs, ticks: Ticks, { found, judged, gate }: Findings): OracleTexts {
  const entries = ledgerEntries(inputs, ticks, { judged, gate });
  const texts: Record<string, string> = { nap_envelopes: jsonl(gate.all), u_ledger: jsonl(entries) };
  if (judged !== null) {
    texts['codex_motifs'] = jsonl(found.map((m) => m.record));
    texts['codex_proposals'] = jsonl(judged.proposals);
  }
  if (!inputs.run.metrics_enabled) return texts;
  const metrics: Fields = {
    gid: inputs.run.gid,
    run_id: inputs.run.run_id,
    total_ticks: BigInt(inputs.run.ticks),
    window_count: BigInt(inputs.run.windows.length),
    nap_total: BigInt(gate.all.length),
    nap_ingress: BigInt(gate.ingress),
    nap_data: BigInt(gate.data.length),
    nap_egress: 1n,
    uledger_entries: BigInt(entries.length),
    uledger_last_hash: recordHash(entries.at(-1)!),
    apx_manifests: BigInt(ticks.manifests.length),
    apxi_views: BigInt(ticks.manifests.filter(({ view }) => view !== null).length),
  };
  if (judged !== null) metrics['codex_motif_counts'] = { edge_flux_pattern_v1: BigInt(found.length) };
  texts['metrics'] = jsonl([metrics]);
  return texts;
}

function ledgerEntries(inputs: RunInputs, ticks: Ticks, { judged, gate }: Omit<Findings, 'found'>): Exact[] {
  const entries: Exact[] = [];
  for (let tick = 1; tick <= inputs.run.ticks; tick++) {
    const { window_id } = windowOfTick(inputs, tick);
    const manifest = ticks.manifests.find((m) => m.window.window_id === window_id)!.record;
    const prev = entries.at(-1);
    entries.push({
      gid: inputs.run.gid,
      run_id: inputs.run.run_id,
      tick: BigInt(tick),
      window_id,
      C_t: ticks.chain[tick]!,
      manifest_check: manifest['manifest_check']!,
      nap_envelope_hash: recordHash(gate.data[tick - 1]!),
      umx_ledger_hash: recordHash(ticks.ledgers[tick - 1]!),
      loom_block_hash: recordHash(ticks.pBlocks[tick - 1]!),
      apx_manifest_hash: recordHash(manifest),
      prev_entry_hash: prev === undefined ? null : recordHash(prev),
      codex_library_hash: null,
      timestamp_utc: null,
      meta: judged === null ? {} : { governance_budget: judged.usage },
      slp_event_refs: eventsOf(inputs, tick).map(({ event_id }) => event_id),
      topology_version: inputs.topology.topology_version,
      policy_set_hash: policyHash(inputs.governance),
    });
  }
  return entries;
}
