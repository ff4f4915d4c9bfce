import type { Pfna, RunInputs, RunWindow, TopologyEdge } from '../../lib/engine/inputs.js';
import { configRunId } from '../ids.js';

/** Differences of a sample from the published six-node graph. */
export interface SampleOptions {
  readonly run_id?: string;
  readonly ticks?: number;
  readonly initial?: readonly number[];
  /** Length of consecutive windows; default one window over all ticks. */
  readonly every?: number;
  /** Edge id to its `k`. */
  readonly k?: Readonly<Record<number, number>>;
  /** Additions to the state: tick to values. */
  readonly pfna?: Readonly<Record<number, readonly number[]>>;
  readonly governed?: boolean;
  readonly diagnostics?: boolean;
  /** Keeps only this number of edges. */
  readonly edges?: number;
  /** Replaces the six-node graph with a line of this number of nodes. */
  readonly line?: number;
}

const EDGES: readonly (readonly [number, number, number])[] = [
  [1, 2, 1],
  [1, 4, 2],
  [1, 6, 1],
  [2, 3, 1],
  [2, 5, 2],
  [3, 4, 1],
  [4, 5, 1],
  [5, 6, 1],
];

const NAP = { v: 1, layer: 'DATA', mode: 'P' } as const;

function edges(k: Readonly<Record<number, number>>): readonly TopologyEdge[] {
  return EDGES.map(([i, j, own], e) => ({
    e_id: e + 1,
    i,
    j,
    k: k[e + 1] ?? own,
    cap: 2147483647,
    SC: 32,
    c: 0,
    causal_radius: null,
  }));
}

function lineEdges(nodes: number): readonly TopologyEdge[] {
  return Array.from({ length: nodes - 1 }, (_, e) => ({
    ...edges({})[0]!,
    e_id: e + 1,
    i: e + 1,
    j: e + 2,
    k: 8,
  }));
}

function windows(ticks: number, every: number): readonly RunWindow[] {
  const list: RunWindow[] = [];
  for (let start = 1; start <= ticks; start += every) {
    const end = Math.min(start + every - 1, ticks);
    list.push({
      window_id: `W_${String(start)}_${String(end)}`,
      apx_name: `APX_${String(start)}_${String(end)}`,
      start_tick: start,
      end_tick: end,
      streams: [
        { name: 'S1', source: 'post_u_deltas', scheme_hint: null, description: 'deltas' },
        { name: 'S2', source: 'fluxes', scheme_hint: null, description: 'fluxes' },
      ],
      aeon_window_id: null,
    });
  }
  return list;
}

function pfna(run_id: string, additions: Readonly<Record<number, readonly number[]>>): Pfna {
  const entries = Object.entries(additions).map(([tick, values]) => ({
    pfna_id: `P${tick}`,
    tick: Number(tick),
    values,
    audit: [],
  }));
  return { pfna_id: 'PFNA', gid: 'G6', run_id: configRunId(run_id), nid: 'N/A', entries };
}

/** Resolved documents of a small run. */
export function sampleInputs(options: SampleOptions = {}): RunInputs {
  const { ticks = 8, run_id = 'SAMPLE', line } = options;
  const initial =
    options.initial ?? Array.from({ length: line ?? 6 }, (_, n) => (n === 0 ? 640 : n === 1 ? 10 : 0));
  const list = windows(ticks, options.every ?? ticks);
  const mode = options.governed === true ? 'OBSERVE' : 'OFF';
  return {
    topology: {
      gid: 'G6',
      profile: 'CMP-0',
      N: initial.length,
      SC: 32,
      nodes: initial.map((_, n) => ({ node_id: n + 1, label: `n${String(n + 1)}` })),
      edges: line === undefined ? edges(options.k ?? {}).slice(0, options.edges) : lineEdges(line),
      causal_radius: 0,
      max_edge_cap: null,
      topology_version: 'v1',
      nap_ref: '',
    },
    profile: {
      name: 'CMP-0',
      modulus_M: 1000000007,
      SC: 32,
      I_block_spacing_W: 8,
      C0: 1234567,
      epsilon_cap: null,
      chain_a: 17,
      chain_b: 23,
      s_t_rule: { mode: 'prime_weighted' },
      press_defaults: { preferred_schemes: ['R', 'GR', 'ID'], accounting: 'mdl-v0', gr_max_p: 4 },
      nap_defaults: NAP,
    },
    run: {
      v: 1,
      gid: 'G6',
      run_id: configRunId(run_id),
      nid: 'N/A',
      ticks,
      initial_state: initial,
      windows: list,
      primary_window_id: list[0]!.window_id,
      nap: NAP,
      enable_codex: mode !== 'OFF',
      enable_pfna: options.pfna !== undefined,
      diagnostics:
        options.diagnostics === true
          ? {
              check_conservation: true,
              allow_negative: null,
              overflow_limit: null,
              enforce_causal_radius: false,
              enforce_epsilon_cap: false,
              kill_on_violation: false,
            }
          : null,
      logging: {
        enabled: false,
        level: 'info',
        destination: 'memory',
        file_path: null,
        include_ticks: false,
        include_windows: false,
      },
      metrics_enabled: true,
    },
    pfna: options.pfna === undefined ? null : pfna(run_id, options.pfna),
    governance: {
      governance_mode: mode,
      codex_action_mode: mode,
      topology_policies: [],
      budget_policies: [],
      safety_policies: [],
      allowed_layers: null,
      max_envelopes_per_tick: null,
    },
  };
}
