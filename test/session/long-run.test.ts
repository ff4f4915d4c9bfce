import t from 'tap';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { plainBudget, plainWindow, toyRun } from '../engine/toy-run.js';
import { collectRun, records } from './collect-run.js';
import { oracle } from './oracle.js';

interface Ledger {
  readonly pre_u: number[];
  readonly post_u: number[];
  readonly sum_pre_u: number;
  readonly sum_post_u: number;
  readonly z_check: number;
}

const NODES = 12;
const TICKS = 320;

/** A ring with chords and external inputs, so that its state never becomes constant. */
function stirredRing(ticks = TICKS): RunInputs {
  const ring = Array.from({ length: NODES }, (_, n) => ({ i: n + 1, j: ((n + 1) % NODES) + 1, k: 5 }));
  const chords = Array.from({ length: 4 }, (_, n) => ({
    i: n + 1,
    j: n + 7,
    k: 2,
    cap: 6,
    causal_radius: 9 + n,
  }));
  const input = (tick: number): number[][] => [
    Array.from({ length: NODES }, (_, n) => ((tick * 31 + n * n * 7) % 19) - 9),
  ];
  const pfna = Object.fromEntries(Array.from({ length: ticks / 4 }, (_, n) => [n * 4 + 3, input(n * 4 + 3)]));
  const windows = [
    plainWindow('whole', 1, ticks),
    ...Array.from({ length: ticks / 20 }, (_, n) =>
      plainWindow(`w${String(n)}`, n * 20 + 1, Math.min(n * 20 + 35, ticks)),
    ),
  ];
  return toyRun({
    SC: 8,
    state: Array.from({ length: NODES }, (_, n) => (n === 0 ? 4000 : -n)),
    edges: [...ring, ...chords],
    profile: { I_block_spacing_W: 7, epsilon_cap: 200 },
    run: { ticks, windows, primary_window_id: 'w3' },
    pfna,
    governance: {
      governance_mode: 'DRY_RUN',
      codex_action_mode: 'DRY_RUN',
      budget_policies: [plainBudget('b', { max_topology_changes: 900, max_proposals_per_window: 250 })],
    },
  });
}

const inputs = stirredRing();
const whole = collectRun(inputs);

void t.test('a long governed run agrees with the oracle', (t) => {
  const expected = oracle(inputs);
  t.strictSame(whole.outcome, { state: 'completed', ticks_completed: TICKS });
  t.equal(expected.state, 'completed');
  for (const [kind, text] of Object.entries(expected.texts)) t.ok(whole.texts[kind] === text, kind);
  t.end();
});

void t.test('the sum over the graph is changed only by external inputs', (t) => {
  const ledgers = records<Ledger>(whole.texts['umx_ledger']!);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  let state: readonly number[] = inputs.run.initial_state;
  let moved = 0;
  for (const [at, ledger] of ledgers.entries()) {
    const entries = inputs.pfna!.entries.filter(({ tick }) => tick === at + 1);
    const before = state.map((u, n) => u + sum(entries.map(({ values }) => values[n]!)));
    if (JSON.stringify(ledger.pre_u) !== JSON.stringify(before)) t.fail(`pre_u of tick ${String(at + 1)}`);
    const sums = new Set([
      ledger.sum_pre_u,
      ledger.sum_post_u,
      ledger.z_check,
      sum(before),
      sum(ledger.post_u),
    ]);
    if (sums.size !== 1) t.fail(`sums of tick ${String(at + 1)}: ${JSON.stringify([...sums])}`);
    if (ledger.post_u.some((u, n) => u !== before[n])) moved++;
    state = ledger.post_u;
  }
  t.equal(ledgers.length, TICKS);
  t.ok(moved > TICKS / 2, 'the state is not constant');
  t.end();
});

void t.test('the same documents produce the same bytes, from copies and in small chunks', (t) => {
  t.strictSame(collectRun(structuredClone(inputs), { chunk_bytes: 777 }).texts, whole.texts);
  t.end();
});

void t.test('the bytes do not depend on the insertion order of members', (t) => {
  const { topology, profile, run, pfna, governance } = inputs;
  const edges = topology.edges.map(({ causal_radius, c, SC, cap, k, j, i, e_id }) => ({
    causal_radius,
    c,
    SC,
    cap,
    k,
    j,
    i,
    e_id,
  }));
  const turned: RunInputs = { governance, pfna, run, profile, topology: { ...topology, edges } };
  t.strictSame(collectRun(turned).texts, whole.texts);
  t.end();
});

void t.test('interleaved sessions do not affect each other', (t) => {
  const other = stirredRing(80);
  const alone = collectRun(other);
  const a = collectRun(inputs, { stop_after: 50 });
  t.strictSame(collectRun(other).texts, alone.texts);
  t.ok(whole.texts['umx_ledger']!.startsWith(a.texts['umx_ledger']!));
  t.end();
});

void t.test('every line is canonical JSON', (t) => {
  for (const [kind, text] of Object.entries(whole.texts)) {
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted);
      if (value === null || typeof value !== 'object') return value;
      const keys = Object.keys(value).sort();
      return Object.fromEntries(keys.map((key) => [key, sorted((value as Record<string, unknown>)[key])]));
    };
    for (const line of text.split('\n').slice(0, -1)) {
      if (JSON.stringify(sorted(JSON.parse(line))) !== line) t.fail(`${kind}: ${line.slice(0, 200)}`);
    }
    t.ok(text.endsWith('\n'), kind);
  }
  t.end();
});
