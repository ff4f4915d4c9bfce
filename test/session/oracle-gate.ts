import type { PfnaEntry, RunInputs, RunWindow } from '../../lib/engine/inputs.js';
import { eventsOf } from './oracle-graph.js';
import { policyHash, type Judged } from './oracle-governance.js';
import { byCodeUnit, type Exact } from './oracle-json.js';
import { mathMod } from './oracle-loom.js';

/** The inputs of the envelopes. */
export interface GateMaterial {
  /** C_0 .. C_T. */
  readonly chain: readonly bigint[];
  /** manifest_check by window_id. */
  readonly checks: ReadonlyMap<string, bigint>;
  /** Null if the mode is OFF. */
  readonly judged: Judged | null;
}

type Envelope = { readonly [key: string]: Exact };

/** The envelopes of a run in stream order, and each tick's DATA envelope. */
export interface Envelopes {
  readonly all: readonly Envelope[];
  readonly data: readonly Envelope[];
  readonly ingress: number;
  /** Reasons to drop DATA envelopes under ENFORCE; empty if none is dropped. */
  readonly drops: readonly string[];
}

/** The window of a tick: the primary if it contains the tick, else the first declared one that does. */
export function windowOfTick({ run }: RunInputs, tick: number): RunWindow {
  const holding = run.windows.filter((w) => w.start_tick <= tick && tick <= w.end_tick);
  return holding.find((w) => w.window_id === run.primary_window_id) ?? holding[0]!;
}

/** Digest-like number of the entries applied at a tick. */
export function pfnaRefOf(entries: readonly PfnaEntry[], modulus: number): bigint {
  const M = BigInt(modulus);
  let acc = 0n;
  for (const { pfna_id, values } of [...entries].sort((a, b) => byCodeUnit(a.pfna_id, b.pfna_id))) {
    for (const c of pfna_id) acc = mathMod(acc * 31n + BigInt(c.codePointAt(0)!), M);
    for (const value of values) acc = mathMod(acc * 17n + BigInt(value), M);
  }
  return acc;
}

/** All envelopes. */
export function envelopes(inputs: RunInputs, material: GateMaterial): Envelopes {
  const { run } = inputs;
  const { chain, checks } = material;
  const T = run.ticks;
  const all: Envelope[] = [
    make(inputs, { tick: 1, layer: 'CTRL', mode: 'P', ref: 0n, seq: 1, prev: chain[0]! }),
  ];
  const data: Envelope[] = [];
  const governance = governanceEnvelopes(inputs, material);
  let ingress = 0;
  for (let tick = 1; tick <= T; tick++) {
    const prev = chain[tick - 1]!;
    const entries = entriesAt(inputs, tick);
    all.push(...governance.filter((e) => e['tick'] === BigInt(tick)));
    if (entries.length > 0) {
      const ref = pfnaRefOf(entries, inputs.profile.modulus_M);
      all.push(make(inputs, { tick, layer: 'INGRESS', mode: 'P', ref, seq: tick, prev }));
      ingress++;
    }
    const meta = { pfna_integerization: entries.map(integerization) };
    const ref = checks.get(windowOfTick(inputs, tick).window_id)!;
    const events = eventsOf(inputs, tick).map(({ event_id }) => event_id);
    const { layer, mode } = run.nap;
    data.push(make(inputs, { tick, layer, mode, ref, seq: tick, prev, meta, events }));
    all.push(data.at(-1)!);
  }
  const prev = chain[T]!;
  const lastRef = checks.get(windowOfTick(inputs, T).window_id)!;
  all.push(make(inputs, { tick: T, layer: 'CTRL', mode: 'P', ref: lastRef, seq: T + 1, prev }));
  const primary = checks.get(run.primary_window_id)!;
  all.push(make(inputs, { tick: T, layer: 'EGRESS', mode: 'P', ref: primary, seq: T + 2, prev }));
  const drops = inputs.governance.governance_mode === 'ENFORCE' ? reasonsFor(inputs, 1) : [];
  return { all, data, ingress, drops };
}

interface Fields {
  readonly tick: number;
  readonly layer: string;
  readonly mode: string;
  readonly ref: bigint;
  readonly seq: number;
  readonly prev: bigint;
  readonly meta?: { readonly [key: string]: Exact };
  readonly events?: readonly string[];
}

function make({ run }: RunInputs, { tick, layer, mode, ref, seq, prev, meta, events }: Fields): Envelope {
  return {
    v: BigInt(run.nap.v),
    tick: BigInt(tick),
    gid: run.gid,
    nid: run.nid,
    layer,
    mode,
    payload_ref: ref,
    seq: BigInt(seq),
    prev_chain: prev,
    sig: '',
    slp_event_ids: events ?? [],
    meta: meta ?? {},
  };
}

function entriesAt({ pfna }: RunInputs, tick: number): PfnaEntry[] {
  const entries = (pfna?.entries ?? []).filter((e) => e.tick === tick);
  return entries.sort((a, b) => byCodeUnit(a.pfna_id, b.pfna_id));
}

function integerization({ pfna_id, values, audit }: PfnaEntry): Exact {
  return {
    pfna_id,
    values: values.map(BigInt),
    audit: audit.map(({ index, raw, shifted, scaled, rounded, clamped }) => ({
      index: BigInt(index),
      raw,
      shifted,
      scaled,
      rounded: BigInt(rounded),
      clamped: BigInt(clamped),
    })),
  };
}

/** The reasons against the DATA envelope of a tick; there is one such envelope per tick. */
function reasonsFor({ run, governance }: RunInputs, tick: number): string[] {
  const { allowed_layers, max_envelopes_per_tick: cap } = governance;
  const reasons: string[] = [];
  if (allowed_layers !== null && !allowed_layers.includes(run.nap.layer)) {
    reasons.push(`layer ${run.nap.layer} not allowed`);
  }
  if (cap !== null && 1 > cap) reasons.push(`tick ${String(tick)} exceeds cap ${String(cap)}`);
  return reasons;
}

/** GOV/G envelopes in their order within a tick. */
function governanceEnvelopes(inputs: RunInputs, { chain, checks, judged }: GateMaterial): Envelope[] {
  if (judged === null) return [];
  const { run, governance } = inputs;
  const T = run.ticks;
  const policy_set_hash = policyHash(governance);
  const { governance_mode, codex_action_mode } = governance;
  const gov = (tick: number, seq: number, rest: { ref: bigint; prev: bigint; meta: Envelope }): Envelope =>
    make(inputs, { tick, layer: 'GOV', mode: 'G', seq, ...rest });
  const found: Envelope[] = [];
  for (let tick = 1; tick <= T; tick++) {
    const ref = checks.get(windowOfTick(inputs, tick).window_id)!;
    const meta = decisionMeta(inputs, tick, policy_set_hash);
    found.push(gov(tick, T + tick, { ref, prev: chain[tick - 1]!, meta }));
  }
  const lists = [governance.topology_policies, governance.budget_policies, governance.safety_policies];
  const policy_ids = lists.flatMap((list) => list.map((p) => p.policy_id)).sort(byCodeUnit);
  const loaded = {
    event: 'POLICY_SET_LOADED',
    policy_set_hash,
    policy_ids,
    governance_mode,
    codex_action_mode,
  };
  found.push(gov(1, 1, { ref: 0n, prev: chain[0]!, meta: loaded }));
  const about = { policy_set_hash, window_id: run.primary_window_id, governance_mode };
  const end = { ref: 0n, prev: chain[T]! };
  found.push(
    gov(T, T, { ...end, meta: { event: 'GOVERNANCE_DECISION_SUMMARY', ...about, ...judged.usage } }),
  );
  if (judged.exhausted.length > 0) {
    const meta = { event: 'BUDGET_EXHAUSTION', ...about, exhausted_caps: judged.exhausted };
    found.push(gov(T, T + 1, { ...end, meta }));
  }
  const at = (e: Envelope): number => Number(e['seq']);
  return found.sort((a, b) => at(a) - at(b));
}

function decisionMeta(inputs: RunInputs, tick: number, policy_set_hash: string): Envelope {
  const { run, governance } = inputs;
  const reasons = reasonsFor(inputs, tick);
  const suffix = governance.governance_mode === 'ENFORCE' ? '' : '_OBSERVED';
  return {
    event: 'GATE_GOVERNANCE_DECISION',
    envelope_ref: `nap_${String(tick)}_${String(tick)}`,
    tick: BigInt(tick),
    seq: BigInt(tick),
    status: (reasons.length === 0 ? 'ACCEPTED' : 'REJECTED') + suffix,
    reasons,
    policy_set_hash,
    window_id: run.primary_window_id,
  };
}
