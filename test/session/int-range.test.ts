import t from 'tap';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { plainWindow, toyRun, type ToyRun } from '../engine/toy-run.js';
import { collectRun, records } from './collect-run.js';

const MAX = Number.MAX_SAFE_INTEGER;
const CONSTANT = { s_t_rule: { mode: 'constant', value: 1 } } as const;

interface Case {
  readonly what: string;
  readonly toy: ToyRun;
  readonly tick: number;
  readonly place: string;
}

/** Each exceeds the range in exactly one place. */
const CASES: readonly Case[] = [
  { what: 'du', toy: { state: [MAX, -1] }, tick: 1, place: 'edge 1' },
  {
    what: 'du of a later edge',
    toy: {
      state: [2, 0, MAX, -1],
      edges: [
        { i: 1, j: 2 },
        { i: 3, j: 4 },
      ],
    },
    tick: 1,
    place: 'edge 2',
  },
  { what: 'raw', toy: { SC: 1, state: [2, 0], edges: [{ i: 1, j: 2, k: MAX }] }, tick: 1, place: 'edge 1' },
  {
    what: 'raw by one',
    toy: { SC: 2, state: [4, 0], edges: [{ i: 1, j: 2, k: 2 ** 52, cap: 1 }] },
    tick: 1,
    place: 'edge 1',
  },
  { what: 'pre_u', toy: { state: [0, MAX], edges: [], pfna: { 2: [[0, 1]] } }, tick: 2, place: 'node 2' },
  {
    what: 'the initial state',
    toy: { state: [-MAX, 0], edges: [], pfna: { 0: [[-1, 0]] } },
    tick: 0,
    place: 'node 1',
  },
  {
    what: 'post_u',
    toy: {
      SC: 1,
      state: [6e15, 6e15, 0, -8e15],
      edges: [
        { i: 1, j: 3, cap: MAX },
        { i: 2, j: 3, cap: MAX },
      ],
    },
    tick: 1,
    place: 'node 3',
  },
  { what: 'the sum', toy: { state: [MAX, 1], edges: [] }, tick: 1, place: 'sum_pre_u' },
  {
    what: 'a prime-weighted s_t',
    toy: { state: [2 ** 52], edges: [], profile: { s_t_rule: { mode: 'prime_weighted' } } },
    tick: 1,
    place: 's_t',
  },
  {
    what: 's_t of fluxes',
    toy: {
      SC: 1,
      profile: { s_t_rule: { mode: 'sum_abs_flux', offset: MAX, scale: 1, max_value: null } },
    },
    tick: 1,
    place: 's_t',
  },
  {
    what: 's_t below',
    toy: {
      SC: 1,
      profile: { s_t_rule: { mode: 'sum_abs_flux', offset: 0, scale: -MAX, max_value: 5 } },
    },
    tick: 1,
    place: 's_t',
  },
];

for (const { what, toy, tick, place } of CASES) {
  void t.test(`${what} beyond 2^53-1 faults the run`, (t) => {
    const { outcome, texts } = collectRun(toyRun({ ...toy, profile: { ...CONSTANT, ...toy.profile } }));
    const ticks_completed = Math.max(tick - 1, 0);
    t.match(outcome, { state: 'faulted', ticks_completed, fault: { code: 'INT_RANGE', tick, place } });
    for (const kind of ['umx_ledger', 'loom_p_blocks', 'loom_chain']) {
      t.equal(records(texts[kind]!).length, ticks_completed, kind);
    }
    t.equal(texts['metrics'], '');
    t.end();
  });
}

/** GR is forced on values whose unary code is longer than a record can contain. */
function longCode(state: readonly number[]): RunInputs {
  const streams = [{ name: 'S', source: 'post_u', scheme_hint: 'GR', description: 'S' }] as const;
  const windows = [
    { ...plainWindow('all', 1, 4), streams: [{ ...streams[0], scheme_hint: 'ID' as const }] },
    { ...plainWindow('part', 2, 3), streams },
  ];
  return toyRun({
    state,
    edges: [],
    run: { ticks: 4, windows, primary_window_id: 'all' },
    profile: {
      ...CONSTANT,
      press_defaults: { preferred_schemes: ['ID'], accounting: 'mdl-v0', gr_max_p: 0 },
    },
  });
}

void t.test('a chosen length beyond 2^53-1 faults the tick at which its window closes', (t) => {
  const { outcome, texts } = collectRun(longCode([2 ** 51]));
  t.match(outcome, {
    state: 'faulted',
    ticks_completed: 2,
    fault: { code: 'INT_RANGE', tick: 3, place: 'window part stream S' },
  });
  t.equal(records(texts['umx_ledger']!).length, 2);
  t.end();
});

void t.test('a chosen length of exactly 2^53-1 is stored', (t) => {
  // -u zigzags to 2u, which costs 2u + 1 bits.
  const u = 2 ** 52 - 1;
  const streams = [{ name: 'S', source: 'post_u', scheme_hint: 'GR', description: 'S' }] as const;
  const inputs = toyRun({
    state: [-u],
    edges: [],
    run: { ticks: 1, windows: [{ ...plainWindow('W1', 1, 1), streams }] },
    profile: {
      ...CONSTANT,
      press_defaults: { preferred_schemes: ['ID'], accounting: 'mdl-v0', gr_max_p: 0 },
    },
  });
  const { outcome, texts } = collectRun(inputs);
  t.equal(outcome.state, 'completed');
  t.match(records(texts['apx_manifests']!)[0], { streams: [{ L_residual: MAX, L_total: MAX }] });
  t.end();
});

void t.test('values at the ends of the range do not fault', (t) => {
  const fine: ToyRun[] = [
    { state: [MAX, 0] },
    { state: [-MAX, 0], edges: [{ i: 1, j: 2, k: 32 }] },
    { SC: 1, state: [1, 0], edges: [{ i: 1, j: 2, k: MAX }] },
    { SC: 1, state: [MAX, 0], edges: [{ i: 1, j: 2, k: MAX, causal_radius: 1 }] },
    { state: [MAX, 0], edges: [{ i: 1, j: 2, k: MAX }], profile: { epsilon_cap: 3 } },
    { state: [MAX, 1, -1], edges: [] },
    { state: [MAX], edges: [], pfna: { 0: [[1], [-1]], 2: [[MAX], [-MAX]], 3: [[-MAX]] } },
  ];
  for (const toy of fine) {
    const { outcome } = collectRun(toyRun({ ...toy, profile: { ...CONSTANT, ...toy.profile } }));
    t.equal(outcome.state, 'completed', JSON.stringify([toy, outcome]));
  }
  t.end();
});

void t.test('a node can cross the whole range in one tick', (t) => {
  // Each edge moves 2^53-1 into node 1, whose state changes its sign; the delta is 2^54-2.
  const inputs = toyRun({
    SC: 1,
    state: [-MAX, 0, 0],
    edges: [
      { i: 1, j: 2, cap: MAX },
      { i: 3, j: 1, cap: MAX },
    ],
    run: { ticks: 1 },
    profile: CONSTANT,
  });
  const { outcome, texts } = collectRun(inputs);
  t.equal(outcome.state, 'completed');
  t.match(records(texts['umx_ledger']!)[0], { post_u: [MAX, -MAX, -MAX], sum_post_u: -MAX });
  const { streams } = records<{ streams: { candidates: { L_total: number }[] }[] }>(
    texts['apx_candidates']!,
  )[0]!;
  t.equal(streams[0]!.candidates[0]!.L_total, 1 + 54 + 2 * (1 + 53));
  t.end();
});
