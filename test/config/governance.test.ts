import t from 'tap';
import { resolved } from './resolved.js';
import { RUN } from './sample-documents.js';

void t.test('governance modes are read', (t) => {
  const modes = (block: string, codex = false): string => {
    const run = RUN.replace(/governance:[^]*$/, '') + block + (codex ? 'enable_codex: true\n' : '');
    const { governance } = resolved({ 'r.yaml': run });
    return `${governance.governance_mode} ${governance.codex_action_mode}`;
  };
  t.equal(modes(''), 'OFF OFF');
  t.equal(modes('', true), 'OBSERVE OBSERVE');
  t.equal(modes('governance: {}\n', true), 'OBSERVE OBSERVE');
  t.equal(modes('governance: null\n'), 'OFF OFF');
  t.equal(modes('governance: {codex_action_mode: GOVERNED_APPLY}\n'), 'ENFORCE GOVERNED_APPLY');
  t.equal(modes('governance: {codex_action_mode: SUGGEST_ONLY}\n'), 'OBSERVE OBSERVE');
  t.equal(modes('governance: {governance_mode: DRY_RUN, codex_action_mode: ENFORCE}\n'), 'DRY_RUN DRY_RUN');
  t.equal(modes('governance: {governance_mode: "OFF"}\n', true), 'OFF OFF');
  t.end();
});

void t.test('policies keep the declared order and get defaults', (t) => {
  const block = `governance:
  topology_policies: [{policy_id: z, allowed_ops: [TUNE, ADD_EDGE]}, {policy_id: a, max_nodes: 3}]
  budget_policies: [{policy_id: b, max_topology_changes: 0, notes: n}]
  safety_policies: [{policy_id: s, invariants: [x, y], severity: SOFT}]
  meta: {allowed_layers: [CTRL], max_envelopes_per_tick: 0, owner: someone}
`;
  const { governance } = resolved({ 'r.yaml': RUN.replace(/governance:[^]*$/, block) });
  t.strictSame(governance.topology_policies, [
    { policy_id: 'z', max_nodes: null, max_edges: null, allowed_ops: ['TUNE', 'ADD_EDGE'], description: '' },
    {
      policy_id: 'a',
      max_nodes: 3,
      max_edges: null,
      allowed_ops: ['ADD_NODE', 'REMOVE_NODE', 'ADD_EDGE', 'REMOVE_EDGE', 'REWIRE', 'TUNE'],
      description: '',
    },
  ]);
  t.strictSame(governance.budget_policies, [
    {
      policy_id: 'b',
      max_actions_per_window: null,
      max_proposals_per_window: null,
      max_topology_changes: 0,
      notes: 'n',
    },
  ]);
  t.strictSame(governance.safety_policies, [
    { policy_id: 's', invariants: ['x', 'y'], severity: 'SOFT', description: '' },
  ]);
  t.strictSame(governance.allowed_layers, ['CTRL']);
  t.equal(governance.max_envelopes_per_tick, 0);
  t.end();
});
