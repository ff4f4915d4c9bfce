import type { BrokenCase } from '../broken.js';

export const GOVERNANCE_CASES: readonly BrokenCase[] = [
  ['ENFORCE', 'ENFORC', ['not-allowed-value 1:18 /governance_mode']],
  ['policy_id: b1', 'policy_id: t1', ['policy-repeated 5:17 /budget_policies/0/policy_id']],
  ['[x]', '[]', ['too-few-items 7:33 /safety_policies/0/invariants']],
  ['[ADD_NODE]', '[ADD_NODES]', ['not-allowed-value 3:35 /topology_policies/0/allowed_ops/0']],
  [
    'max_actions_per_window: 1',
    'max_actions_per_window: -1',
    ['out-of-range 5:45 /budget_policies/0/max_actions_per_window'],
  ],
  ['meta:', 'met:', ['unknown-key 8:1 /met']],
  [
    'safety_policies:\n  - {policy_id: s1, invariants: [x]}',
    'safety_policies:\n  - {policy_id: s1, severity: SOFTLY}',
    ['missing-key 7:5 /safety_policies/0', 'not-allowed-value 7:31 /safety_policies/0/severity'],
  ],
];
