import type {
  BudgetPolicy,
  Governance,
  Pfna,
  Profile,
  RunConfig,
  RunInputs,
  RunWindow,
  Topology,
  TopologyEdge,
  WindowStream,
} from '../../lib/engine/inputs.js';
import { configRunId } from '../ids.js';

/** Default streams of a window. */
export const DEFAULT_STREAMS: readonly WindowStream[] = [
  {
    name: 'S1_post_u_deltas',
    source: 'post_u_deltas',
    scheme_hint: null,
    description: 'post_u delta per node',
  },
  { name: 'S2_fluxes', source: 'fluxes', scheme_hint: null, description: 'edge flux per edge' },
];

/** Governance without policies. */
export const OFF: Governance = {
  governance_mode: 'OFF',
  codex_action_mode: 'OFF',
  topology_policies: [],
  budget_policies: [],
  safety_policies: [],
  allowed_layers: null,
  max_envelopes_per_tick: null,
};

/** An edge from `i` to `j`; default uncapped with k = 1. */
type ToyEdge = Pick<TopologyEdge, 'i' | 'j'> & Partial<TopologyEdge>;

/** The options of a toy run, all with defaults. */
export interface ToyRun {
  readonly state?: readonly number[];
  readonly edges?: readonly ToyEdge[];
  readonly SC?: number;
  readonly topology?: Partial<Topology>;
  readonly profile?: Partial<Profile>;
  readonly run?: Partial<RunConfig>;
  /** Values per tick, one list of N values per entry. */
  readonly pfna?: Readonly<Record<number, readonly (readonly number[])[]>>;
  readonly governance?: Partial<Governance>;
}

/** Resolved documents of a toy run: by default two nodes, one edge, four ticks, one window and CMP-0. */
export function toyRun(toy: ToyRun = {}): RunInputs {
  const { SC = 32, state = [8, 0], edges = [{ i: 1, j: 2 }] } = toy;
  const ticks = toy.run?.ticks ?? 4;
  const topology = {
    gid: 'TOY',
    profile: 'CMP-0',
    N: state.length,
    SC,
    nodes: state.map((_, at) => ({ node_id: at + 1, label: `n${String(at + 1)}` })),
    edges: edges.map((edge, at) => ({ ...plainEdge(at + 1, SC), ...edge })),
    causal_radius: 0,
    max_edge_cap: null,
    topology_version: 'v1',
    nap_ref: '',
    ...toy.topology,
  };
  return {
    topology,
    profile: { ...cmp0(SC), ...toy.profile },
    run: { ...plainRun(ticks, state), enable_pfna: toy.pfna !== undefined, ...toy.run },
    pfna: toy.pfna === undefined ? null : plainPfna(toy.pfna),
    governance: { ...OFF, ...toy.governance },
  };
}

/** A window over [start, end] with the default streams. */
export function plainWindow(window_id: string, start_tick: number, end_tick: number): RunWindow {
  const apx_name = `APX_${window_id}`;
  return { window_id, apx_name, start_tick, end_tick, streams: DEFAULT_STREAMS, aeon_window_id: null };
}

/** A budget policy without limits. */
export function plainBudget(policy_id: string, limits: Partial<BudgetPolicy> = {}): BudgetPolicy {
  return {
    policy_id,
    max_actions_per_window: null,
    max_proposals_per_window: null,
    max_topology_changes: null,
    notes: '',
    ...limits,
  };
}

function plainEdge(e_id: number, SC: number): TopologyEdge {
  return { e_id, i: 1, j: 2, k: 1, cap: 2147483647, SC, c: 0, causal_radius: null };
}

/** The published constants. */
function cmp0(SC: number): Profile {
  return {
    name: 'CMP-0',
    modulus_M: 1000000007,
    SC,
    I_block_spacing_W: 8,
    C0: 1234567,
    epsilon_cap: null,
    chain_a: 17,
    chain_b: 23,
    s_t_rule: { mode: 'prime_weighted' },
    press_defaults: { preferred_schemes: ['R', 'GR', 'ID'], accounting: 'mdl-v0', gr_max_p: 4 },
    nap_defaults: { v: 1, layer: 'DATA', mode: 'P' },
  };
}

function plainRun(ticks: number, initial_state: readonly number[]): RunConfig {
  return {
    v: 1,
    gid: 'TOY',
    run_id: configRunId('toy'),
    nid: 'TOY',
    ticks,
    initial_state,
    windows: [plainWindow('W1', 1, ticks)],
    primary_window_id: 'W1',
    nap: { v: 1, layer: 'DATA', mode: 'P' },
    enable_codex: false,
    enable_pfna: false,
    diagnostics: null,
    logging: {
      enabled: false,
      level: 'info',
      destination: 'memory',
      file_path: null,
      include_ticks: false,
      include_windows: false,
    },
    metrics_enabled: true,
  };
}

function plainPfna(byTick: NonNullable<ToyRun['pfna']>): Pfna {
  const entries = Object.entries(byTick).flatMap(([tick, lists]) =>
    lists.map((values, at) => ({
      pfna_id: `in_${String(at)}`,
      tick: Number(tick),
      values,
      audit: values.map((value, index) => {
        const raw = String(value);
        return {
          index,
          raw,
          shifted: `${raw}.000000`,
          scaled: `${raw}.000000`,
          rounded: value,
          clamped: value,
        };
      }),
    })),
  );
  return { pfna_id: 'toy', gid: 'TOY', run_id: configRunId('toy'), nid: 'TOY', entries };
}
