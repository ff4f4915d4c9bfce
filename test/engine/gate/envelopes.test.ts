import t from 'tap';
import type { NapEnvelope } from '../../../lib/engine/gate/records.js';
import { collectRun, records } from '../../session/collect-run.js';
import { plainBudget, plainWindow, toyRun, type ToyRun } from '../toy-run.js';

function envelopes(toy: ToyRun): NapEnvelope[] {
  return records<NapEnvelope>(collectRun(toyRun(toy)).texts['nap_envelopes']!);
}

/** Layer and mode with tick and seq, in the order of the stream. */
function route(all: readonly NapEnvelope[]): string[] {
  return all.map(({ layer, mode, tick, seq, meta }) => {
    const event = typeof meta['event'] === 'string' ? ` ${meta['event']}` : '';
    return `${layer}/${mode} ${String(tick)}:${String(seq)}${event}`;
  });
}

void t.test('CTRL and EGRESS enclose a run, INGRESS precedes the DATA of its tick', (t) => {
  const all = envelopes({ run: { ticks: 3 }, pfna: { 0: [[1, 1]], 2: [[1, 0]] } });
  t.strictSame(route(all), [
    'CTRL/P 1:1',
    'DATA/P 1:1',
    'INGRESS/P 2:2',
    'DATA/P 2:2',
    'DATA/P 3:3',
    'CTRL/P 3:4',
    'EGRESS/P 3:5',
  ]);
  t.strictSame(all[0]!.payload_ref, 0);
  t.strictSame(all[2]!.meta, {});
  t.strictSame(all[1]!.meta, { pfna_integerization: [] });
  t.match(all[3]!.meta, {
    pfna_integerization: [{ pfna_id: 'in_0', values: [1, 0], audit: [{ index: 0 }, { index: 1 }] }],
  });
  t.equal(all[5]!.payload_ref, all[4]!.payload_ref);
  t.end();
});

void t.test('the last CTRL has the last DATA check, EGRESS that of the primary window', (t) => {
  const windows = [plainWindow('A', 1, 2), plainWindow('B', 3, 4)];
  const all = envelopes({ run: { windows, primary_window_id: 'A' } });
  const data = all.filter(({ layer }) => layer === 'DATA').map(({ payload_ref }) => payload_ref);
  t.equal(data[0], data[1]);
  t.equal(data[2], data[3]);
  t.not(data[0], data[2]);
  t.strictSame(
    all.slice(-2).map(({ payload_ref }) => payload_ref),
    [data[3], data[0]],
  );
  t.end();
});

void t.test('DATA envelopes have the layer and mode of the run; all envelopes have v', (t) => {
  const all = envelopes({ run: { ticks: 1, nid: 'node', nap: { v: 7, layer: 'INGRESS', mode: 'X' } } });
  t.strictSame(route(all), ['CTRL/P 1:1', 'INGRESS/X 1:1', 'CTRL/P 1:2', 'EGRESS/P 1:3']);
  t.ok(all.every(({ v, gid, nid, sig }) => v === 7 && gid === 'TOY' && nid === 'node' && sig === ''));
  t.end();
});

void t.test('governance envelopes come first in their tick, ordered by seq, then by kind', (t) => {
  const governance = {
    governance_mode: 'DRY_RUN',
    codex_action_mode: 'DRY_RUN',
    budget_policies: [plainBudget('b', { max_actions_per_window: 1 })],
  } as const;
  t.strictSame(route(envelopes({ run: { ticks: 2 }, governance })), [
    'CTRL/P 1:1',
    'GOV/G 1:1 POLICY_SET_LOADED',
    'GOV/G 1:3 GATE_GOVERNANCE_DECISION',
    'DATA/P 1:1',
    'GOV/G 2:2 GOVERNANCE_DECISION_SUMMARY',
    'GOV/G 2:3 BUDGET_EXHAUSTION',
    'GOV/G 2:4 GATE_GOVERNANCE_DECISION',
    'DATA/P 2:2',
    'CTRL/P 2:3',
    'EGRESS/P 2:4',
  ]);
  t.strictSame(route(envelopes({ run: { ticks: 1 }, governance })).slice(1, 5), [
    'GOV/G 1:1 POLICY_SET_LOADED',
    'GOV/G 1:1 GOVERNANCE_DECISION_SUMMARY',
    'GOV/G 1:2 GATE_GOVERNANCE_DECISION',
    'GOV/G 1:2 BUDGET_EXHAUSTION',
  ]);
  t.end();
});

void t.test('mode OFF emits no governance envelopes, even with policies', (t) => {
  const governance = {
    budget_policies: [plainBudget('b', { max_actions_per_window: 0 })],
    max_envelopes_per_tick: 0,
  };
  t.notOk(envelopes({ governance }).some(({ layer }) => layer === 'GOV'));
  t.end();
});

void t.test('policy ids of all three lists are announced in order', (t) => {
  const [, loaded] = envelopes({
    governance: {
      governance_mode: 'OBSERVE',
      codex_action_mode: 'OBSERVE',
      budget_policies: [plainBudget('b'), plainBudget('\uFFFD'), plainBudget('\u{1F600}')],
      safety_policies: [{ policy_id: 'a', invariants: ['i'], severity: 'HARD', description: '' }],
      topology_policies: [
        { policy_id: 'B', max_nodes: null, max_edges: null, allowed_ops: ['TUNE'], description: '' },
      ],
    },
  });
  t.strictSame(loaded!.meta['policy_ids'], ['B', 'a', 'b', '\u{1F600}', '\uFFFD']);
  t.end();
});
