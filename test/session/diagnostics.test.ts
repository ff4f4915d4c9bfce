import t from 'tap';
import { toyRun } from '../engine/toy-run.js';
import { busyRun } from './busy-run.js';
import { collectRun, records } from './collect-run.js';

void t.test('diagnostics do not change results', (t) => {
  const rules = {
    check_conservation: true,
    allow_negative: false,
    overflow_limit: 450,
    enforce_causal_radius: true,
    enforce_epsilon_cap: true,
    kill_on_violation: false,
  };
  const plain = collectRun(busyRun());
  const watched = collectRun(busyRun({ diagnostics: rules }));
  const { diagnostics, ...rest } = watched.texts;
  t.strictSame({ ...rest, inputs: '' }, { ...plain.texts, inputs: '' });
  const rows = records<{
    tick: number;
    min_u: number;
    max_u: number;
    negatives: number;
    violations: string[];
  }>(diagnostics!);
  const states = records<{ post_u: number[] }>(plain.texts['umx_ledger']!);
  t.equal(rows.length, 12);
  for (const [at, { post_u }] of states.entries()) {
    const row = rows[at]!;
    t.strictSame([row.tick, row.min_u, row.max_u], [at + 1, Math.min(...post_u), Math.max(...post_u)]);
    t.equal(row.negatives, post_u.filter((u) => u < 0).length);
    const bad = row.negatives > 0 || post_u.some((u) => Math.abs(u) > 450);
    t.equal(row.violations.length > 0, bad, `tick ${String(at + 1)}`);
  }
  t.end();
});

void t.test('kill_on_violation ends the run at the tick that violates a rule', (t) => {
  const rules = {
    check_conservation: true,
    allow_negative: false,
    overflow_limit: 1000,
    enforce_causal_radius: false,
    enforce_epsilon_cap: false,
    kill_on_violation: true,
  };
  const inputs = toyRun({
    state: [5, 5],
    edges: [],
    run: { ticks: 6, diagnostics: rules },
    pfna: { 4: [[-9, 2000]] },
  });
  const { outcome, texts } = collectRun(inputs);
  t.match(outcome, { state: 'faulted', fault: { code: 'DIAGNOSTICS_VIOLATION', tick: 4 } });
  t.match(outcome, { fault: { message: /negative.*overflow/s } });
  t.equal(records(texts['diagnostics']!).length, 4);
  t.equal(
    records(texts['umx_ledger']!).at(-1)!['tick'],
    4,
    'the tick that violates the rule is kept as evidence',
  );
  t.equal(texts['metrics'], '');
  t.end();
});

void t.test('each rule of the diagnostics can end a run', (t) => {
  const none = {
    check_conservation: false,
    allow_negative: null,
    overflow_limit: null,
    enforce_causal_radius: false,
    enforce_epsilon_cap: false,
    kill_on_violation: true,
  };
  const stateOf = (change: object): string => {
    const edges = [{ i: 1, j: 2, k: 32, causal_radius: 3 }];
    const run = { ticks: 1, diagnostics: { ...none, ...change } };
    return collectRun(toyRun({ state: [9, -9], edges, profile: { epsilon_cap: 2 }, run })).outcome.state;
  };
  t.equal(stateOf({ check_conservation: true, allow_negative: true, overflow_limit: 9 }), 'completed');
  t.equal(stateOf({ allow_negative: false }), 'faulted');
  t.equal(stateOf({ overflow_limit: 6 }), 'faulted');
  t.equal(stateOf({ enforce_causal_radius: true }), 'faulted');
  t.equal(stateOf({ enforce_epsilon_cap: true }), 'faulted');
  t.end();
});
