import type {
  Profile,
  RunConfig,
  RunInputs,
  RunWindow,
  Topology,
  TopologyEdge,
} from '../../lib/engine/inputs.js';
import { configRunId } from '../ids.js';

/** A change to one field of the documents, by name. */
export type InputChange = readonly [name: string, change: (inputs: RunInputs) => RunInputs];

const topology = (name: string, change: Partial<Topology>): InputChange => [
  `topology.${name}`,
  (inputs) => ({ ...inputs, topology: { ...inputs.topology, ...change } }),
];
const edge = (name: string, change: Partial<TopologyEdge>): InputChange => [
  `topology.edges[0].${name}`,
  (inputs) => {
    const [first, ...rest] = inputs.topology.edges;
    return { ...inputs, topology: { ...inputs.topology, edges: [{ ...first!, ...change }, ...rest] } };
  },
];
const profile = (name: string, change: Partial<Profile>): InputChange => [
  `profile.${name}`,
  (inputs) => ({ ...inputs, profile: { ...inputs.profile, ...change } }),
];
const press = (name: string, change: Partial<Profile['press_defaults']>): InputChange => [
  `profile.press_defaults.${name}`,
  (inputs) => {
    const press_defaults = { ...inputs.profile.press_defaults, ...change };
    return { ...inputs, profile: { ...inputs.profile, press_defaults } };
  },
];
const run = (name: string, change: Partial<RunConfig>): InputChange => [
  `run.${name}`,
  (inputs) => ({ ...inputs, run: { ...inputs.run, ...change } }),
];
const window = (name: string, change: (w: RunWindow) => Partial<RunWindow>): InputChange => [
  `run.windows[0].${name}`,
  (inputs) => {
    const [first, ...rest] = inputs.run.windows;
    return { ...inputs, run: { ...inputs.run, windows: [{ ...first!, ...change(first!) }, ...rest] } };
  },
];
const stream = (name: string, change: object): InputChange =>
  window(`streams[0].${name}`, ({ streams: [first, ...rest] }) => ({
    streams: [{ ...first!, ...change }, ...rest],
  }));
const governance = (name: string, change: Partial<RunInputs['governance']>): InputChange => [
  `governance.${name}`,
  (inputs) => ({ ...inputs, governance: { ...inputs.governance, ...change } }),
];
const policies = (
  name: string,
  kind: 'budget_policies' | 'topology_policies' | 'safety_policies',
  change: object,
) => {
  const apply = (inputs: RunInputs): RunInputs => {
    const [first, ...rest] = inputs.governance[kind];
    return { ...inputs, governance: { ...inputs.governance, [kind]: [{ ...first!, ...change }, ...rest] } };
  };
  return [`governance.${kind}[0].${name}`, apply] as const;
};
const pfna = (name: string, at: number, change: object): InputChange => [
  `pfna.entries[${String(at)}].${name}`,
  (inputs) => {
    const entries = inputs.pfna!.entries.map((entry, n) => (n === at ? { ...entry, ...change } : entry));
    return { ...inputs, pfna: { ...inputs.pfna!, entries } };
  },
];

const diagnostics = {
  check_conservation: true,
  allow_negative: null,
  overflow_limit: null,
  enforce_causal_radius: false,
  enforce_epsilon_cap: false,
  kill_on_violation: false,
};

/** Changes that can appear in some record of some run. */
export const SEMANTIC: readonly InputChange[] = [
  topology('gid', { gid: 'other' }),
  topology('causal_radius', { causal_radius: 2 }),
  topology('max_edge_cap', { max_edge_cap: 1 }),
  topology('topology_version', { topology_version: 'v2' }),
  topology('nap_ref', { nap_ref: 'x' }),
  edge('i and j', { i: 2, j: 1 }),
  edge('k', { k: 3 }),
  edge('cap', { cap: 1 }),
  edge('c', { c: 2 }),
  edge('causal_radius', { causal_radius: 2 }),
  profile('name', { name: 'CMP-X' }),
  profile('modulus_M', { modulus_M: 997 * 10 ** 9 }),
  profile('I_block_spacing_W', { I_block_spacing_W: 3 }),
  profile('C0', { C0: 1 }),
  profile('epsilon_cap', { epsilon_cap: 1 }),
  profile('chain_a', { chain_a: 18 }),
  profile('chain_b', { chain_b: 24 }),
  profile('s_t_rule', { s_t_rule: { mode: 'constant', value: 9 } }),
  press('preferred_schemes', { preferred_schemes: ['ID', 'GR', 'R'] }),
  press('accounting', { accounting: 'varint-v1' }),
  press('gr_max_p', { gr_max_p: 5 }),
  run('gid', { gid: 'other' }),
  run('run_id', { run_id: configRunId('other') }),
  run('nid', { nid: 'other' }),
  run('initial_state', { initial_state: [9, 0, 2] }),
  run('primary_window_id', { primary_window_id: 'W2' }),
  run('nap.v', { nap: { v: 2, layer: 'DATA', mode: 'P' } }),
  run('nap.layer', { nap: { v: 1, layer: 'CTRL', mode: 'P' } }),
  run('nap.mode', { nap: { v: 1, layer: 'DATA', mode: 'Q' } }),
  run('diagnostics', { diagnostics }),
  run('metrics_enabled', { metrics_enabled: false }),
  window('window_id', () => ({ window_id: 'W0' })),
  window('apx_name', () => ({ apx_name: 'A0' })),
  window('end_tick', () => ({ end_tick: 3 })),
  stream('name', { name: 'T' }),
  stream('source', { source: 'pre_u' }),
  stream('scheme_hint', { scheme_hint: 'ID' }),
  stream('description', { description: 'd' }),
  pfna('pfna_id', 0, { pfna_id: 'in_9' }),
  pfna('tick', 0, { tick: 3 }),
  pfna('values', 0, { values: [7, 0, 0] }),
  pfna('audit', 0, { audit: [] }),
  ['pfna', (inputs) => ({ ...inputs, pfna: null })],
  governance('mode', { governance_mode: 'DRY_RUN', codex_action_mode: 'DRY_RUN' }),
  governance('allowed_layers', { allowed_layers: ['DATA'] }),
  governance('max_envelopes_per_tick', { max_envelopes_per_tick: 1 }),
  policies('policy_id', 'budget_policies', { policy_id: 'b9' }),
  policies('notes', 'budget_policies', { notes: 'n' }),
  policies('max_actions_per_window', 'budget_policies', { max_actions_per_window: 1 }),
  policies('max_proposals_per_window', 'budget_policies', { max_proposals_per_window: 1 }),
  policies('max_topology_changes', 'budget_policies', { max_topology_changes: 1 }),
  policies('allowed_ops', 'topology_policies', { allowed_ops: ['TUNE'] }),
  policies('max_nodes', 'topology_policies', { max_nodes: 1 }),
  policies('severity', 'safety_policies', { severity: 'SOFT' }),
  [
    'order of budget policies',
    ({ governance: g, ...inputs }) => {
      return { ...inputs, governance: { ...g, budget_policies: [...g.budget_policies].reverse() } };
    },
  ],
  [
    'order of topology policies',
    ({ governance: g, ...inputs }) => {
      return { ...inputs, governance: { ...g, topology_policies: [...g.topology_policies].reverse() } };
    },
  ],
];

/** Changes that appear in no record of a result. */
export const NEUTRAL: readonly InputChange[] = [
  topology('profile', { profile: 'CMP-X' }),
  [
    'topology.nodes[].label',
    ({ topology: t, ...inputs }) => {
      return { ...inputs, topology: { ...t, nodes: t.nodes.map((n) => ({ ...n, label: 'other' })) } };
    },
  ],
  profile('nap_defaults, which the run has resolved', { nap_defaults: { v: 9, layer: 'GOV', mode: 'Z' } }),
  run('logging', {
    logging: {
      enabled: true,
      level: 'debug',
      destination: 'file',
      file_path: 'run.log',
      include_ticks: true,
      include_windows: true,
    },
  }),
  window('aeon_window_id', () => ({ aeon_window_id: 'aeon' })),
  pfna('values beyond the last tick', 1, { values: [1, 2, 3], tick: 99 }),
  [
    'no entry beyond the last tick',
    ({ pfna: p, ...rest }) => ({ ...rest, pfna: { ...p!, entries: [p!.entries[0]!] } }),
  ],
  ['pfna.pfna_id', ({ pfna: p, ...inputs }) => ({ ...inputs, pfna: { ...p!, pfna_id: 'other' } })],
  [
    'order of safety policies',
    ({ governance: g, ...inputs }) => {
      return { ...inputs, governance: { ...g, safety_policies: [...g.safety_policies].reverse() } };
    },
  ],
];
