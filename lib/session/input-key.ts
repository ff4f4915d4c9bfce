import { canonicalJson, type Json } from '../base/canonical-json.js';
import { hashRecord, sha256, type Digest } from '../base/digest.js';
import type { HashedFields } from '../base/hashed-fields.js';
import type {
  ApxiPlan,
  Governance,
  Pfna,
  PfnaEntry,
  Profile,
  RunConfig,
  RunInputs,
  RunWindow,
  SlpEvent,
  Topology,
  TopologyEdge,
} from '../engine/inputs.js';
import { policySetRecord } from '../engine/governance/policy-set.js';

/** Version of the engine: raised whenever the same documents would give other bytes. */
export const ENGINE_VERSION = '1.0.0';

/** Version of the record shapes a run writes. */
const RECORD_SCHEMAS = 'aether-records/1';

/**
 * Digest of each resolved document, reduced to the fields that can change a result; null if a run has none.
 * `slp` is absent in a run without structural events.
 */
interface DocumentDigests {
  readonly [document: string]: Digest | null;
  readonly topology: Digest;
  readonly profile: Digest;
  readonly run: Digest;
  readonly pfna: Digest | null;
  readonly governance: Digest;
}

/** The cache key of a run and its source digests. */
export interface InputKey {
  readonly key: Digest;
  readonly documents: DocumentDigests;
}

const digests = new WeakMap<object, Digest>();
/** PFNA digests by the number of entries within the ticks of a run; later entries cannot change it. */
const pfnaDigests = new WeakMap<Pfna, Map<number, Digest>>();

/**
 * H of exactly the data that can change a result (batch contract, section 2): labels, logging, notes and file
 * names are omitted. Documents shared between cells of a sweep are hashed once.
 */
export function inputKey(inputs: RunInputs): InputKey {
  const { topology, profile, run, pfna, governance } = inputs;
  const always = {
    topology: once(topology, () => topologyRecord(topology)),
    profile: once(profile, () => profileRecord(profile)),
    run: runDigest(run),
    pfna: pfna === null ? null : pfnaDigest(pfna, run.ticks),
    governance: once(governance, () => ({
      policy_set: policySetRecord(governance),
      budget_order: governance.budget_policies.map((p) => p.policy_id),
      topology_order: governance.topology_policies.map((p) => p.policy_id),
      allowed_layers: governance.allowed_layers,
      max_envelopes_per_tick: governance.max_envelopes_per_tick,
    })),
    // The grammar only names spans of ticks; structural events follow, if there are any.
  } satisfies HashedFields<RunInputs, 'slp' | 'aeon'>;
  const documents: DocumentDigests =
    inputs.slp === undefined ? always : { ...always, slp: slpDigest(inputs.slp, run.ticks) };
  return { key: hashRecord({ engine: ENGINE_VERSION, records: RECORD_SCHEMAS, ...documents }), documents };
}

function once(document: object, record: () => Json): Digest {
  const known = digests.get(document);
  if (known !== undefined) return known;
  const digest = hashRecord(record());
  digests.set(document, digest);
  return digest;
}

/** The text of the record of a run around its initial state. */
interface RunText {
  readonly of: RunConfig;
  readonly before: string;
  readonly after: string;
}

const runTexts = new WeakMap<RunConfig['windows'], RunText>();

/** H(runRecord). Cells of a sweep that differ only in their initial state share the rest of the text. */
function runDigest(run: RunConfig): Digest {
  const known = digests.get(run);
  if (known !== undefined) return known;
  let text = runTexts.get(run.windows);
  if (text === undefined || !differInState(text.of, run)) runTexts.set(run.windows, (text = textAround(run)));
  const digest = sha256(text.before + canonicalJson(run.initial_state) + text.after);
  digests.set(run, digest);
  return digest;
}

/** True if all other fields are the same, and neither has a field that the other lacks. */
function differInState(a: RunConfig, b: RunConfig): boolean {
  const keys = Object.keys(a) as (keyof RunConfig)[];
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => key === 'initial_state' || a[key] === b[key]);
}

function textAround(run: RunConfig): RunText {
  const { initial_state: _state, ...rest } = runRecord(run);
  const members = (isBefore: boolean): string[] =>
    Object.keys(rest)
      .filter((key) => key < 'initial_state' === isBefore)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(rest[key]!)}`);
  const before = members(true).map((member) => `${member},`);
  const after = members(false).map((member) => `,${member}`);
  return { of: run, before: `{${before.join('')}"initial_state":`, after: `${after.join('')}}` };
}

function pfnaDigest(pfna: Pfna, ticks: number): Digest {
  const reached = pfna.entries.filter((e) => e.tick <= ticks).length;
  let known = pfnaDigests.get(pfna);
  if (known === undefined) pfnaDigests.set(pfna, (known = new Map<number, Digest>()));
  let digest = known.get(reached);
  if (digest === undefined) known.set(reached, (digest = hashRecord(pfnaRecord(pfna, ticks))));
  return digest;
}

function slpDigest(events: readonly SlpEvent[], ticks: number): Digest {
  return hashRecord(slpRecord(events, ticks));
}

/** The parts of each document that can change a result, for the key and for explaining a changed one. */
export function topologyRecord(t: Topology): Json {
  return {
    gid: t.gid,
    N: t.N,
    SC: t.SC,
    edges: t.edges.map(edgeRecord),
    causal_radius: t.causal_radius,
    max_edge_cap: t.max_edge_cap,
    topology_version: t.topology_version,
    nap_ref: t.nap_ref,
    // The profile is informative, labels of nodes are for people.
  } satisfies HashedFields<Topology, 'profile' | 'nodes'>;
}

function edgeRecord({ e_id, i, j, k, cap, SC, c, causal_radius }: TopologyEdge) {
  return { e_id, i, j, k, cap, SC, c, causal_radius } satisfies HashedFields<TopologyEdge>;
}

export function profileRecord(p: Profile): Json {
  return {
    name: p.name,
    modulus_M: p.modulus_M,
    SC: p.SC,
    I_block_spacing_W: p.I_block_spacing_W,
    C0: p.C0,
    epsilon_cap: p.epsilon_cap,
    chain_a: p.chain_a,
    chain_b: p.chain_b,
    s_t_rule: { ...p.s_t_rule },
    press_defaults: { ...p.press_defaults },
    // The resolved `nap` of the RunConfig has the effective labels.
  } satisfies HashedFields<Profile, 'nap_defaults'>;
}

export function runRecord(r: RunConfig): Record<string, Json> {
  return {
    gid: r.gid,
    run_id: r.run_id,
    nid: r.nid,
    ticks: r.ticks,
    initial_state: r.initial_state,
    windows: r.windows.map(windowRecord),
    primary_window_id: r.primary_window_id,
    nap: { ...r.nap },
    diagnostics: r.diagnostics === null ? null : { ...r.diagnostics },
    metrics_enabled: r.metrics_enabled,
    // Both switches have taken effect in the governance mode and in `pfna`; logging is not part of a result.
  } satisfies HashedFields<RunConfig, 'v' | 'enable_codex' | 'enable_pfna' | 'logging'>;
}

/** Without an APXi view, the window of the grammar changes no record. */
function windowRecord({ apxi, aeon_window_id, ...w }: RunWindow) {
  const always = {
    window_id: w.window_id,
    apx_name: w.apx_name,
    start_tick: w.start_tick,
    end_tick: w.end_tick,
    streams: w.streams.map((s) => ({ ...s })),
  } satisfies HashedFields<typeof w>;
  return apxi === undefined ? always : { ...always, apxi: apxiRecord(apxi), aeon_window_id };
}

/** The events within the ticks of a run; later ones cannot change it. */
export function slpRecord(events: readonly SlpEvent[], ticks: number): Json {
  const reached = events.filter(({ tick_effective }) => tick_effective <= ticks);
  return { events: reached.map((event) => ({ ...event, payload: { ...event.payload } })) };
}

function apxiRecord({ residual_scheme, descriptors }: ApxiPlan): Json {
  const streams = Object.entries(descriptors).map(
    ([stream, list]) => [stream, list.map((d) => ({ ...d, params: { ...d.params } }))] as const,
  );
  return { residual_scheme, descriptors: Object.fromEntries(streams) } satisfies HashedFields<ApxiPlan>;
}

export function pfnaRecord(p: Pfna, ticks: number): Json {
  const reached = p.entries.filter((e) => e.tick <= ticks);
  return {
    entries: reached.map(pfnaEntryRecord),
    // Names of the bundle; a document for another graph or run is refused.
  } satisfies HashedFields<Pfna, 'pfna_id' | 'gid' | 'run_id' | 'nid'>;
}

/** An entry as in records and the key: without its description. */
export function pfnaEntryRecord({ description: _description, ...e }: PfnaEntry): Json {
  return { ...e, audit: e.audit.map((a) => ({ ...a })) };
}

/**
 * For explaining only: the hashed fields, with lists whose order is part of the hash in the order of the
 * document.
 */
export function governanceRecord(g: Governance): Json {
  return {
    ...policySetRecord(g),
    topology_policies: g.topology_policies.map((p) => ({ ...p })),
    budget_policies: g.budget_policies.map((p) => ({ ...p })),
    allowed_layers: g.allowed_layers,
    max_envelopes_per_tick: g.max_envelopes_per_tick,
  };
}
