import { systemClock } from '../../lib/platform/index.js';
import { hashRecord } from '../../lib/base/digest.js';
import type { BatchPlan } from '../../lib/batch/plan/batch-plan.js';
import type { PlannedRun } from '../../lib/batch/plan/planned-run.js';
import type { RunInputs, TopologyEdge } from '../../lib/engine/inputs.js';
import { inputKey } from '../../lib/session/input-key.js';
import { estimatedMs } from '../../lib/batch/plan/forecast.js';
import { configRunId } from '../ids.js';

const PAIRS = [
  [1, 2, 1],
  [1, 4, 2],
  [1, 6, 1],
  [2, 3, 1],
  [2, 5, 2],
  [3, 4, 1],
  [4, 5, 1],
  [5, 6, 1],
] as const;

/** The published six-node scenario, or one with another number of ticks or state. */
export function sampleInputs(
  change: { ticks?: number; state?: readonly number[]; logging?: boolean } = {},
): RunInputs {
  const { ticks = 8, state = [3, 1, 0, 0, 0, 0], logging = false } = change;
  const edges = PAIRS.map(([i, j, k], index): TopologyEdge => ({
    e_id: index + 1,
    i,
    j,
    k,
    cap: 2147483647,
    SC: 32,
    c: 0,
    causal_radius: null,
  }));
  const streams = [
    {
      name: 'S1_post_u_deltas',
      source: 'post_u_deltas',
      scheme_hint: null,
      description: 'post_u delta per node',
    },
    { name: 'S2_fluxes', source: 'fluxes', scheme_hint: null, description: 'edge flux per edge' },
  ] as const;
  return {
    topology: {
      gid: 'GF01',
      profile: 'CMP-0',
      N: 6,
      SC: 32,
      nodes: [1, 2, 3, 4, 5, 6].map((node_id) => ({ node_id, label: `n${String(node_id)}` })),
      edges,
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
      nap_defaults: { v: 1, layer: 'DATA', mode: 'P' },
    },
    run: {
      v: 1,
      gid: 'GF01',
      run_id: configRunId('GF01_RUN'),
      nid: 'N/A',
      ticks,
      initial_state: state,
      windows: [
        {
          window_id: 'W1',
          apx_name: 'APX_full',
          start_tick: 1,
          end_tick: ticks,
          streams,
          aeon_window_id: null,
        },
      ],
      primary_window_id: 'W1',
      nap: { v: 1, layer: 'DATA', mode: 'P' },
      enable_codex: false,
      enable_pfna: false,
      diagnostics: null,
      logging: {
        enabled: logging,
        level: 'info',
        destination: 'memory',
        file_path: null,
        include_ticks: true,
        include_windows: true,
      },
      metrics_enabled: true,
    },
    pfna: null,
    governance: {
      governance_mode: 'OFF',
      codex_action_mode: 'OFF',
      topology_policies: [],
      budget_policies: [],
      safety_policies: [],
      allowed_layers: null,
      max_envelopes_per_tick: null,
    },
  };
}

/** A planned run of these inputs that is executed. */
export function plannedRun(name: string, inputs: RunInputs, change: Partial<PlannedRun> = {}): PlannedRun {
  const { key, documents } = inputKey(inputs);
  return {
    name,
    scenario: name.replace(/\[.*/, ''),
    cell: {},
    config_run_id: inputs.run.run_id,
    gid: inputs.run.gid,
    ticks_total: inputs.run.ticks,
    input_key: key,
    documents,
    expect: 'completed',
    retain: 'full',
    timeout_ms: null,
    retries: 0,
    repeat: 1,
    action: 'run',
    reason: { why: 'new' },
    earlier: null,
    forecast: { duration_ms: inputs.run.ticks, bytes: null, from_history: false },
    estimated_ms: estimatedMs(inputs),
    inputs: () => inputs,
    ...change,
  };
}

/** A plan of these runs. */
export function planOf(runs: readonly PlannedRun[]): BatchPlan {
  return { runs, digest: hashRecord(runs.map((run) => [run.name, run.input_key])) };
}

/** Supervision that never ends a run. */
export const UNLIMITED = {
  clock: systemClock,
  timeout_ms: null,
  grace_ms: 1000,
  stall_ms: Infinity,
} as const;
