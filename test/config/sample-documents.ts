import { AEON, CHANGING_RUN, DAY, SLP, VIEWED_RUN } from './sample-graphs.js';

/** A small valid document of every kind; tests change a line and compare the problems. */
export const TOPOLOGY = `gid: G
profile: CMP-0
N: 2
SC: 32
nodes:
  - {node_id: 1}
  - {node_id: 2, label: two}
edges:
  - {e_id: 1, i: 1, j: 2, k: 4, cap: 8}
  - {e_id: 2, i: 2, j: 1, k: 4, cap: 8, SC: 32}
meta: {version: v1}
`;

export const PROFILE = `name: CMP-0
modulus_M: 101
C0: 7
SC: 32
I_block_spacing_W: 4
press_defaults: {preferred_schemes: [R, ID]}
`;

export const RUN = `v: 1
gid: G
run_id: r
topology_path: t.yaml
profile_path: p.yaml
ticks: 8
initial_state: [1, 2]
windows:
  - {window_id: A, apx_name: XA, start_tick: 1, end_tick: 4}
  - {window_id: B, apx_name: XB, start_tick: 5, end_tick: 8}
primary_window_id: A
enable_pfna: true
pfna_path: f.yaml
governance:
  budget_policies:
    - {policy_id: b1, max_actions_per_window: 1}
`;

export const PFNA = `v: 0
pfna_id: bundle
gid: G
run_id: r
nid: src
entries:
  - {pfna_id: a, tick: 1, values: [1, 2]}
  - {pfna_id: b, tick: 1, values: [3, 4]}
`;

const GOVERNANCE = `governance_mode: ENFORCE
topology_policies:
  - {policy_id: t1, allowed_ops: [ADD_NODE]}
budget_policies:
  - {policy_id: b1, max_actions_per_window: 1}
safety_policies:
  - {policy_id: s1, invariants: [x]}
meta: {max_envelopes_per_tick: 3}
`;

export const REGISTRY = `v: 1
scenarios:
  - scenario_id: one
    description: d
    pillars: [umx]
    runtime_hint: fast
    run_config_path: r.yaml
`;

export const MANIFEST = `v: 1
kind: BatchManifest
name: m
scenarios:
  - id: one
    run_config: r.yaml
  - id: two
    run:
      v: 1
      gid: G
      run_id: r2
      topology_path: t.yaml
      profile_path: p.yaml
      ticks: 8
      initial_state: [1, 2]
      windows: {every: 4, apx_name: X}
`;

/** All documents under the names by which they refer to each other. */
export const SAMPLES: Readonly<Record<string, string>> = {
  't.yaml': TOPOLOGY,
  'p.yaml': PROFILE,
  'r.yaml': RUN,
  'f.yaml': PFNA,
  'g.yaml': GOVERNANCE,
  's.yaml': REGISTRY,
  'm.yaml': MANIFEST,
  'a.yaml': AEON,
  'd.yaml': DAY,
  'e.yaml': SLP,
  'c.yaml': CHANGING_RUN,
  'v.yaml': VIEWED_RUN,
};
