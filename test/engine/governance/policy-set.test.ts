import t from 'tap';
import { hashRecord } from '../../../lib/base/digest.js';
import { policyIds, policySetHash } from '../../../lib/engine/governance/policy-set.js';
import type { Governance } from '../../../lib/engine/inputs.js';
import { policyHash } from '../../session/oracle-governance.js';
import { OFF, plainBudget } from '../toy-run.js';

const SET: Governance = {
  ...OFF,
  governance_mode: 'ENFORCE',
  codex_action_mode: 'GOVERNED_APPLY',
  budget_policies: [plainBudget('b2', { max_topology_changes: 0 }), plainBudget('b1')],
  topology_policies: [
    { policy_id: 't', max_nodes: 3, max_edges: null, allowed_ops: ['TUNE', 'REWIRE'], description: 'd' },
  ],
  safety_policies: [{ policy_id: 's', invariants: ['y', 'x'], severity: 'SOFT', description: '' }],
};

void t.test('the OFF set without policies has the published hash', (t) => {
  t.equal(policySetHash(OFF), '4bce958e847bf6f467d14d2fa7c3253a3589ea26d832ac77bd06e8bebb16eb3f');
  t.end();
});

void t.test('absent limits are hashed as null, lists by id, operations as declared', (t) => {
  t.equal(
    policySetHash(SET),
    hashRecord({
      governance_mode: 'ENFORCE',
      codex_action_mode: 'GOVERNED_APPLY',
      topology_policies: [
        { policy_id: 't', max_nodes: 3, max_edges: null, allowed_ops: ['TUNE', 'REWIRE'], description: 'd' },
      ],
      budget_policies: [
        { ...plainBudget('b1'), notes: '' },
        {
          policy_id: 'b2',
          max_actions_per_window: null,
          max_proposals_per_window: null,
          max_topology_changes: 0,
          notes: '',
        },
      ],
      safety_policies: [{ policy_id: 's', invariants: ['y', 'x'], severity: 'SOFT', description: '' }],
    }),
  );
  t.equal(policySetHash(SET), policyHash(SET));
  t.end();
});

void t.test('the hash does not depend on the declared order of policies and on meta limits', (t) => {
  const turned = { ...SET, budget_policies: [...SET.budget_policies].reverse() };
  t.equal(policySetHash(turned), policySetHash(SET));
  t.equal(policySetHash({ ...SET, allowed_layers: ['DATA'], max_envelopes_per_tick: 4 }), policySetHash(SET));
  t.not(policySetHash({ ...SET, budget_policies: [] }), policySetHash(SET));
  t.end();
});

void t.test('policy ids come from all three lists, sorted', (t) => {
  t.strictSame(policyIds(SET), ['b1', 'b2', 's', 't']);
  t.end();
});
