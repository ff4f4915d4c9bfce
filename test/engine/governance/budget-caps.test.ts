import t from 'tap';
import { plainBudget } from '../toy-run.js';
import { judge } from './judged.js';

void t.test('the topology cap rejects changes that exceed it and allows later smaller ones', (t) => {
  const { decisions, usage } = judge([3, 3, 2], { budget: [plainBudget('b', { max_topology_changes: 5 })] });
  t.strictSame(
    decisions.map(({ status }) => status),
    ['ACCEPTED', 'REJECTED', 'ACCEPTED'],
  );
  t.match(decisions[1], {
    governance_status: 'OK',
    violated_policies: ['b'],
    notes: ['Budget cap max_topology_changes=5 reached for window W'],
  });
  t.match(usage.caps[2], { limit: 5, used: 5, exhausted: true });
  t.end();
});

void t.test('an exceeded action cap is noted even if the topology cap rejects the proposal', (t) => {
  const budget = [
    plainBudget('acts', { max_actions_per_window: 9 }),
    plainBudget('topo', { max_topology_changes: 4 }),
  ];
  const { decisions, usage } = judge([3, 3], { budget });
  t.match(decisions[1], {
    status: 'REJECTED',
    violated_policies: ['topo'],
    notes: [
      'Budget cap max_actions_per_window=9 reached for window W',
      'Budget cap max_topology_changes=4 reached for window W',
    ],
  });
  t.strictSame(
    usage.caps.map(({ exhausted }) => exhausted),
    [false, false, false],
  );
  t.end();
});

void t.test('if both caps are exceeded, the reason is that of the topology cap', (t) => {
  const budget = [
    plainBudget('acts', { max_actions_per_window: 1 }),
    plainBudget('topo', { max_topology_changes: 3 }),
  ];
  t.match(judge([3, 3], { budget }).decisions[1], { violated_policies: ['topo'] });
  t.end();
});

void t.test('a failed proposal counts only towards the proposal cap', (t) => {
  const { decisions, usage } = judge([9, 1], {
    budget: [plainBudget('b', { max_topology_changes: 5, max_actions_per_window: 1 })],
  });
  t.strictSame(
    decisions.map(({ governance_status, status }) => [governance_status, status]),
    [
      ['HARD_FAIL', 'REJECTED'],
      ['OK', 'ACCEPTED'],
    ],
  );
  t.match(usage, { proposals_seen: 2, actions_accepted: 1, topology_changes_applied: 1 });
  t.end();
});

void t.test('the lowest limit applies, and the first policy with it is named', (t) => {
  const budget = [
    plainBudget('wide', { max_actions_per_window: 7 }),
    plainBudget('first', { max_actions_per_window: 0 }),
    plainBudget('again', { max_actions_per_window: 0 }),
    plainBudget('none'),
  ];
  const { decisions, usage } = judge([1], { budget });
  t.match(decisions[0], {
    violated_policies: ['first'],
    notes: ['Budget cap max_actions_per_window=0 reached for window W'],
  });
  t.match(usage.caps[1], { limit: 0, used: 0, exhausted: true, policy_id: 'first' });
  t.end();
});
