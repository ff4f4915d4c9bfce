import t from 'tap';
import type { Decision, ProposalAction } from '../../../lib/engine/governance/decision.js';
import type { TopologyOp } from '../../../lib/engine/inputs.js';
import { plainBudget } from '../toy-run.js';
import { accepted, judge, ops } from './judged.js';

void t.test('without policies every proposal is accepted without scores', (t) => {
  const { decisions, usage } = judge([3, 4], {});
  t.strictSame(decisions, [accepted(null), accepted(null)]);
  t.match(usage, { proposals_seen: 2, actions_accepted: 2, topology_changes_applied: 7 });
  t.strictSame(
    usage.caps.map(({ attr, limit, exhausted, policy_id }) => [attr, limit, exhausted, policy_id]),
    [
      ['max_proposals_per_window', null, false, null],
      ['max_actions_per_window', null, false, null],
      ['max_topology_changes', null, false, null],
    ],
  );
  t.end();
});

void t.test('a proposal beyond the proposal cap fails softly, without evaluation', (t) => {
  const { decisions, usage } = judge([1, 1, 1], {
    topology: [ops('t', [])],
    budget: [plainBudget('b', { max_proposals_per_window: 2 })],
  });
  t.strictSame(
    decisions.map((d) => d.governance_status),
    ['HARD_FAIL', 'HARD_FAIL', 'SOFT_FAIL'],
  );
  t.strictSame(decisions[2], {
    status: 'REJECTED',
    governance_status: 'SOFT_FAIL',
    violated_policies: ['b'],
    governance_scores: {},
    notes: ['Budget cap max_proposals_per_window=2 reached for window W'],
  });
  t.match(usage, {
    proposals_seen: 3,
    caps: [{ limit: 2, used: 3, exhausted: true, policy_id: 'b' }, {}, {}],
  });
  t.end();
});

void t.test('a policy that lacks required operations fails hard and names them sorted', (t) => {
  const one = (action: ProposalAction, allowed: readonly TopologyOp[]): Decision =>
    judge([1], { action, topology: [ops('t', allowed)] }).decisions[0]!;
  const missing = (list: string): string[] => [`Policy t does not allow required ops: [${list}]`];
  t.match(one('PLACE', []), {
    status: 'REJECTED',
    governance_status: 'HARD_FAIL',
    violated_policies: ['t'],
    notes: missing("'ADD_EDGE', 'ADD_NODE'"),
  });
  t.strictSame(one('ADD', ['ADD_EDGE']).notes, missing("'ADD_NODE'"));
  t.strictSame(one('MERGE', ['TUNE']).notes, missing("'REWIRE'"));
  t.strictSame(one('RETIRE', []).notes, missing("'REMOVE_EDGE', 'REMOVE_NODE'"));
  t.strictSame(one('TUNE', []).notes, missing("'TUNE'"));
  t.strictSame(one('TUNE', ['TUNE']), accepted(null));
  t.end();
});

void t.test('notes keep the declared order, violated ids are sorted', (t) => {
  const { decisions } = judge([5], {
    topology: [ops('z', []), ops('ok', ['ADD_NODE', 'ADD_EDGE']), ops('m', ['ADD_NODE'])],
    budget: [plainBudget('y', { max_topology_changes: 4 }), plainBudget('a', { max_topology_changes: 0 })],
  });
  t.strictSame(decisions[0], {
    status: 'REJECTED',
    governance_status: 'HARD_FAIL',
    violated_policies: ['a', 'm', 'y', 'z'],
    governance_scores: { topology_change_count: 5 },
    notes: [
      "Policy z does not allow required ops: ['ADD_EDGE', 'ADD_NODE']",
      "Policy m does not allow required ops: ['ADD_EDGE']",
      'Policy y caps topology changes at 4',
      'Policy a caps topology changes at 0',
    ],
  });
  t.end();
});

void t.test('OBSERVE rejects every proposal and keeps its evaluation', (t) => {
  const note = 'Governance mode OBSERVE (no actions applied)';
  const free = judge([2], { mode: 'OBSERVE', budget: [plainBudget('b', { max_actions_per_window: 0 })] });
  t.strictSame(free.decisions[0], { ...accepted(2, [note]), status: 'REJECTED' });
  const failing = judge([2], { mode: 'OBSERVE', topology: [ops('t', ['ADD_NODE'])] });
  t.strictSame(failing.decisions[0], {
    status: 'REJECTED',
    governance_status: 'HARD_FAIL',
    violated_policies: ['t'],
    governance_scores: {},
    notes: ["Policy t does not allow required ops: ['ADD_EDGE']", note],
  });
  t.end();
});

void t.test('DRY_RUN accepts with a note and uses up the budget', (t) => {
  const { decisions, usage } = judge([1, 1], {
    mode: 'DRY_RUN',
    budget: [plainBudget('b', { max_actions_per_window: 1 })],
  });
  t.strictSame(decisions[0], accepted(1, ['Governance mode DRY_RUN (action not applied)']));
  t.match(decisions[1], {
    status: 'REJECTED',
    governance_status: 'OK',
    violated_policies: ['b'],
    notes: ['Budget cap max_actions_per_window=1 reached for window W'],
  });
  t.equal(usage.actions_accepted, 1);
  t.end();
});
