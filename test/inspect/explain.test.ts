import t from 'tap';
import type { BudgetPolicy, Governance, RunInputs, SafetyPolicy } from '../../lib/engine/inputs.js';
import { explainRun } from '../../lib/inspect/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from './sample-inputs.js';
import { keepBatch, keepRun } from './sample-store.js';
import { runId } from '../ids.js';

void t.test('each verdict is reported with the changed field', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs();
  t.match(await explainRun(store, 'sample', inputs), { verdict: 'new', last: null, cached: null });
  await keepRun(store, inputs, { id: 'r1', stop_after: 3 });
  t.match(await explainRun(store, 'sample', inputs), {
    verdict: 'unfinished',
    last: { run: 'r1', state: 'cancelled' },
  });
  await keepRun(store, inputs, { id: 'r2' });
  t.match(await explainRun(store, 'sample', inputs), {
    verdict: 'same',
    cached: 'r2',
    inputs: [],
    engine: null,
  });
  t.match(await explainRun(store, 'other-name', inputs), { verdict: 'same', cached: 'r2', last: null });
  const changed = await explainRun(store, 'sample', sampleInputs({ k: { 3: 2 } }));
  t.match(changed, { verdict: 'changed', last: { run: 'r2' }, cached: null, more_inputs: false });
  t.same(changed.inputs, [{ document: 'topology', pointer: '/edges/2/k', a: 1, b: 2 }]);
});

void t.test('the last result can be one that a batch cached from another run', async (t) => {
  const store = new MemoryStore();
  const a = await keepRun(store, sampleInputs(), { id: 'r1', name: 'other-name' });
  await keepBatch(store, 'r2', { name: 'sample', run: a });
  const now = sampleInputs({ k: { 3: 2 } });
  const changed = await explainRun(store, 'sample', now);
  t.match(changed, { verdict: 'changed', last: { run: 'r1', state: 'completed' }, cached: null });
  t.same(changed.inputs, [{ document: 'topology', pointer: '/edges/2/k', a: 1, b: 2 }]);
  await keepRun(store, now, { id: 'r3' });
  const back = await explainRun(store, 'sample', sampleInputs());
  t.match(back, { verdict: 'cached', last: { run: 'r3' }, cached: 'r1' });
  t.same(back.inputs, [{ document: 'topology', pointer: '/edges/2/k', a: 2, b: 1 }]);
  await keepBatch(store, 'r4', { name: 'sample', run: a });
  t.match(await explainRun(store, 'sample', sampleInputs()), { verdict: 'same', last: { run: 'r1' } });
  t.match(await explainRun(store, 'sample', now), { verdict: 'cached', last: { run: 'r1' }, cached: 'r3' });
});

void t.test('a compact run does not answer requests for full artefacts', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs();
  await keepRun(store, inputs, { id: 'r1', retain: 'compact' });
  t.match(await explainRun(store, 'sample', inputs, 'full'), {
    verdict: 'dropped',
    cached: 'r1',
    inputs: [],
  });
  t.match(await explainRun(store, 'sample', inputs, 'compact'), { verdict: 'same', cached: 'r1' });
  await keepRun(store, inputs, { id: 'r2' });
  t.match(await explainRun(store, 'sample', inputs, 'full'), { verdict: 'same', cached: 'r2' });
  await keepRun(store, sampleInputs({ k: { 3: 2 } }), { id: 'r3', retain: 'compact' });
  const changed = await explainRun(store, 'sample', inputs, 'full');
  t.match(changed, { verdict: 'cached', inputs: [{ pointer: '/edges/2/k' }] });
});

void t.test('another engine version is reported as the reason', async (t) => {
  const store = new MemoryStore();
  const record = await keepRun(store, sampleInputs(), { id: 'r1', engine: '0.9.0', stop_after: 3 });
  const old = { ...record, id: runId('r2'), input_key: record.result_digest, state: 'completed' } as const;
  await store.publish({ record: old, blobs: [], cacheable: true });
  t.match(await explainRun(store, 'sample', sampleInputs()), {
    verdict: 'changed',
    inputs: [],
    engine: { then: '0.9.0' },
  });
});

void t.test('only changed governance fields that are part of the key are listed', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs();
  const safety = (policy_id: string): SafetyPolicy => {
    return { policy_id, invariants: [`CAP-${policy_id}`], severity: 'SOFT', description: policy_id };
  };
  const budget = (policy_id: string, most: number): BudgetPolicy => {
    const none = { max_proposals_per_window: null, max_topology_changes: null };
    return { policy_id, max_actions_per_window: most, ...none, notes: '' };
  };
  const governed = (change: Partial<Governance>): RunInputs => {
    const policies = {
      safety_policies: [safety('s1'), safety('s2')],
      budget_policies: [budget('b1', 1), budget('b2', 1)],
    };
    return { ...inputs, governance: { ...inputs.governance, ...policies, ...change } };
  };
  await keepRun(store, governed({}), { id: 'r1' });
  const safety_policies = [safety('s2'), safety('s1')];
  t.match(await explainRun(store, 'sample', governed({ safety_policies })), { verdict: 'same', inputs: [] });
  const more = governed({ safety_policies, budget_policies: [budget('b1', 1), budget('b2', 2)] });
  t.same((await explainRun(store, 'sample', more)).inputs, [
    { document: 'governance', pointer: '/budget_policies/1/max_actions_per_window', a: 1, b: 2 },
  ]);
  const swapped = governed({ budget_policies: [budget('b2', 1), budget('b1', 1)] });
  t.match(await explainRun(store, 'sample', swapped), {
    verdict: 'changed',
    inputs: [{ pointer: '/budget_policies/0/policy_id', a: 'b1', b: 'b2' }],
  });
});

void t.test('a document that changed in many places does not hide others', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(), { id: 'r1' });
  const now = sampleInputs({ ticks: 240, every: 2, pfna: { 3: [1, 0, 0, 0, 0, 0] }, governed: true });
  const { inputs, more_inputs } = await explainRun(store, 'sample', now);
  const of = (name: string): number => inputs.filter(({ document }) => document === name).length;
  t.equal(of('run'), 100);
  t.equal(more_inputs, true);
  t.match(
    inputs.filter(({ document }) => document !== 'run'),
    [
      { document: 'pfna', pointer: '', a: null },
      { document: 'governance', pointer: '/codex_action_mode', a: 'OFF', b: 'OBSERVE' },
      { document: 'governance', pointer: '/governance_mode', a: 'OFF', b: 'OBSERVE' },
    ],
  );
  t.equal(inputs.length, 103);
});

void t.test('labels and logging are never reported as changes', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs();
  await keepRun(store, inputs, { id: 'r1' });
  const logging = { ...inputs.run.logging, enabled: true };
  const nodes = inputs.topology.nodes.map((node) => ({ ...node, label: 'renamed' }));
  const relabelled = { ...inputs, topology: { ...inputs.topology, nodes }, run: { ...inputs.run, logging } };
  t.match(await explainRun(store, 'sample', relabelled), { verdict: 'same', cached: 'r1' });
});
