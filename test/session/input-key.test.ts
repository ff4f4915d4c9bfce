import t from 'tap';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { inputKey } from '../../lib/session/input-key.js';
import { NON_RESULT_KINDS } from '../../lib/base/result-digest.js';
import { plainBudget, plainWindow, toyRun } from '../engine/toy-run.js';
import { collectRun } from './collect-run.js';
import { NEUTRAL, SEMANTIC } from './input-changes.js';

const OPS = ['ADD_NODE', 'ADD_EDGE'] as const;

/** A run in which every field has an effect. */
function base(): RunInputs {
  return toyRun({
    SC: 4,
    state: [90, 0, 2],
    edges: [
      { i: 1, j: 2, k: 2 },
      { i: 3, j: 2, k: 1 },
    ],
    run: { ticks: 5, windows: [plainWindow('W1', 1, 5), plainWindow('W2', 2, 4), plainWindow('W3', 1, 5)] },
    pfna: { 2: [[1, -1, 5]], 8: [[5, 5, 5]] },
    governance: {
      governance_mode: 'ENFORCE',
      codex_action_mode: 'GOVERNED_APPLY',
      budget_policies: [
        plainBudget('b1', { max_topology_changes: 0 }),
        plainBudget('b2', { max_topology_changes: 0 }),
      ],
      topology_policies: [
        { policy_id: 't1', max_nodes: null, max_edges: null, allowed_ops: ['ADD_NODE'], description: '' },
        { policy_id: 't2', max_nodes: null, max_edges: null, allowed_ops: OPS.slice(1), description: '' },
      ],
      safety_policies: [
        { policy_id: 's1', invariants: ['x'], severity: 'HARD', description: '' },
        { policy_id: 's2', invariants: ['y'], severity: 'HARD', description: '' },
      ],
    },
  });
}

/** Artefacts of the result that differ between two runs. */
function differing(a: RunInputs, b: RunInputs): string[] {
  const [x, y] = [collectRun(a), collectRun(b)];
  const kinds = new Set([...Object.keys(x.texts), ...Object.keys(y.texts)]);
  for (const kind of NON_RESULT_KINDS) kinds.delete(kind);
  return [...kinds].filter((kind) => x.texts[kind] !== y.texts[kind]);
}

void t.test('equal documents have equal keys in any representation', (t) => {
  t.strictSame(inputKey(base()), inputKey(structuredClone(base())));
  t.match(inputKey(base()).key, /^[0-9a-f]{64}$/);
  t.end();
});

void t.test('the key does not depend on the insertion order of members', (t) => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, turned(member)]),
    );
  };
  t.equal(inputKey(turned(base()) as RunInputs).key, inputKey(base()).key);
  t.end();
});

for (const [name, change] of SEMANTIC) {
  void t.test(`the key changes with ${name}`, (t) => {
    t.not(inputKey(change(base())).key, inputKey(base()).key);
    t.end();
  });
}

void t.test('the key depends on ticks, also if a cached document was hashed before', (t) => {
  const inputs = base();
  const longer: RunInputs = {
    ...inputs,
    run: { ...inputs.run, ticks: 8, windows: inputs.run.windows.map((w) => ({ ...w, end_tick: 8 })) },
  };
  const first = inputKey(inputs);
  const second = inputKey(longer);
  t.not(first.key, second.key);
  t.not(first.documents.pfna, second.documents.pfna, 'the second entry is reached');
  t.equal(first.documents.topology, second.documents.topology);
  t.equal(inputKey(inputs).key, first.key);
  t.end();
});

void t.test('shared documents are hashed separately for the part used by each run', (t) => {
  const inputs = base();
  const at = (ticks: number): RunInputs => {
    const windows = inputs.run.windows.map((w) => ({ ...w, start_tick: 1, end_tick: ticks }));
    return { ...inputs, run: { ...inputs.run, ticks, windows } };
  };
  for (const ticks of [1, 2, 9, 8, 7, 3, 1]) {
    t.equal(inputKey(at(ticks)).key, inputKey(structuredClone(at(ticks))).key, `${String(ticks)} ticks`);
  }
  t.end();
});

for (const [name, change] of NEUTRAL) {
  void t.test(`neither key nor result changes with ${name}`, (t) => {
    const changed = change(base());
    t.notSame(changed, base(), 'there is a change');
    t.equal(inputKey(changed).key, inputKey(base()).key);
    t.strictSame(differing(changed, base()), []);
    t.end();
  });
}
