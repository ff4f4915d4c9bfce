import t from 'tap';
import { collectRun, records } from '../../session/collect-run.js';
import { toyRun, type ToyRun } from '../toy-run.js';

interface Ledger {
  readonly pre_u: number[];
  readonly post_u: number[];
  readonly edges: { readonly du: number; readonly raw: number; readonly cap: number; readonly f_e: number }[];
  readonly causal_radius_applied: boolean;
  readonly epsilon_applied: boolean;
  readonly policy_notes: string[];
  readonly nap_ref: string;
}

/** First tick ledger of a toy run with SC = 1 and k = 1, so that raw = m. */
function firstTick(toy: ToyRun): Ledger {
  const { outcome, texts } = collectRun(toyRun({ SC: 1, run: { ticks: 1 }, ...toy }));
  if (outcome.state !== 'completed') throw new Error(JSON.stringify(outcome));
  return records<Ledger>(texts['umx_ledger']!)[0]!;
}

void t.test('flux moves from the higher to the lower node, in either direction of the edge', (t) => {
  const down = firstTick({ state: [9, 2], edges: [{ i: 1, j: 2, cap: 3 }] });
  t.match(down, { edges: [{ du: 7, raw: 7, cap: 3, f_e: 3 }], post_u: [6, 5] });
  const up = firstTick({ state: [2, 9], edges: [{ i: 1, j: 2, cap: 3 }] });
  t.match(up, { edges: [{ du: -7, raw: 7, cap: 3, f_e: -3 }], post_u: [5, 6] });
  t.end();
});

void t.test('raw is rounded down from the magnitude in both directions', (t) => {
  const rule = { SC: 4, edges: [{ i: 1, j: 2, k: 3, SC: 4 }] };
  t.match(firstTick({ ...rule, state: [5, 0] }).edges, [{ raw: 3, f_e: 3 }]);
  t.match(firstTick({ ...rule, state: [0, 5] }).edges, [{ raw: 3, f_e: -3 }]);
  t.match(firstTick({ ...rule, state: [0, 1] }).edges, [{ du: -1, raw: 0, f_e: 0 }]);
  t.end();
});

void t.test('a flux never exceeds the difference', (t) => {
  t.match(firstTick({ state: [5, 0], edges: [{ i: 1, j: 2, k: 9 }] }), { edges: [{ raw: 45, f_e: 5 }] });
  t.end();
});

void t.test('every edge uses pre_u, and parallel edges add up', (t) => {
  const ledger = firstTick({
    state: [4, 0],
    edges: [
      { i: 1, j: 2 },
      { i: 2, j: 1 },
      { i: 1, j: 2 },
    ],
  });
  t.match(ledger, { edges: [{ f_e: 4 }, { f_e: -4 }, { f_e: 4 }], post_u: [-8, 12] });
  t.end();
});

void t.test('the causal radius comes from the edge, then its c, then the topology', (t) => {
  const of = (edge: object, topology: object): unknown =>
    firstTick({ state: [100, 0], edges: [{ i: 1, j: 2, ...edge }], topology });
  const clamped = (raw: number): object => ({
    edges: [{ du: 100, raw, f_e: raw }],
    causal_radius_applied: true,
    policy_notes: ['causal_radius_clamped'],
  });
  t.match(of({ causal_radius: 3, c: 5 }, { causal_radius: 7 }), clamped(3));
  t.match(of({ c: 5 }, { causal_radius: 7 }), clamped(5));
  t.match(of({}, { causal_radius: 7 }), clamped(7));
  t.match(of({ causal_radius: 100 }, { causal_radius: 7 }), {
    edges: [{ raw: 100 }],
    causal_radius_applied: false,
    policy_notes: [],
  });
  t.match(of({}, {}), { edges: [{ raw: 100 }], causal_radius_applied: false });
  t.end();
});

void t.test('the epsilon cap cuts raw, and notes keep their order', (t) => {
  const epsilon = (epsilon_cap: number): Ledger =>
    firstTick({ state: [9, 0], edges: [{ i: 1, j: 2, causal_radius: 6 }], profile: { epsilon_cap } });
  t.match(epsilon(4), {
    edges: [{ raw: 4, f_e: 4 }],
    epsilon_applied: true,
    policy_notes: ['causal_radius_clamped', 'epsilon_cap_applied'],
  });
  t.match(epsilon(6), {
    edges: [{ raw: 6 }],
    epsilon_applied: false,
    policy_notes: ['causal_radius_clamped'],
  });
  t.match(epsilon(0), { edges: [{ raw: 0, f_e: 0 }], epsilon_applied: true });
  t.end();
});

void t.test("the effective cap is the lower of the edge's and the topology's", (t) => {
  const caps = (cap: number, max_edge_cap: number | null): Ledger =>
    firstTick({ state: [9, 0], edges: [{ i: 1, j: 2, cap }], topology: { max_edge_cap } });
  t.match(caps(5, 3), { edges: [{ raw: 9, cap: 3, f_e: 3 }] });
  t.match(caps(2, 3), { edges: [{ cap: 2, f_e: 2 }] });
  t.match(caps(2, null), { edges: [{ cap: 2, f_e: 2 }] });
  t.match(caps(0, 3), { edges: [{ raw: 9, cap: 0, f_e: 0 }], post_u: [9, 0] });
  t.end();
});

void t.test('PFNA entries of a tick are in its pre_u, those of tick 0 in the first', (t) => {
  const pfna = {
    0: [[1, 1]],
    1: [
      [10, 0],
      [0, -5],
    ],
    9: [[1000, 1000]],
  };
  t.match(firstTick({ state: [2, 3], edges: [], pfna }), { pre_u: [13, -1], post_u: [13, -1] });
  t.end();
});

void t.test('the state of a graph without edges does not change', (t) => {
  t.match(firstTick({ state: [7], edges: [], topology: { nap_ref: 'n' } }), {
    pre_u: [7],
    post_u: [7],
    edges: [],
    nap_ref: 'n',
  });
  t.end();
});

void t.test('a negative zero in the documents does not change the bytes', (t) => {
  const texts = (zero: number): unknown => {
    const toy = toyRun({
      state: [zero, 4],
      profile: { C0: zero, s_t_rule: { mode: 'constant', value: zero } },
      pfna: { 1: [[zero, zero]] },
    });
    return { ...collectRun(toy).texts, inputs: '' };
  };
  t.strictSame(texts(-0), texts(0));
  t.end();
});
