import t from 'tap';
import type { PressDefaults, Scheme, StreamSource } from '../../../lib/engine/inputs.js';
import { collectRun, records } from '../../session/collect-run.js';
import { plainWindow, toyRun } from '../toy-run.js';

interface Row {
  readonly scheme: Scheme;
  readonly params: number;
  readonly L_model: number;
  readonly L_residual: number;
  readonly L_total: number;
}

interface Asked {
  readonly state: readonly number[];
  readonly ticks?: number;
  readonly source?: StreamSource;
  readonly press?: Partial<PressDefaults>;
  readonly hint?: Scheme;
  readonly pfna?: Readonly<Record<number, readonly (readonly number[])[]>>;
}

/** The manifest row and candidate table of one stream over a run without edges. */
function account(asked: Asked): {
  row: Row;
  table: { scheme: Scheme; params: number; L_total: number | string }[];
} {
  const { state, ticks = 1, source = 'post_u', press, hint = null, pfna } = asked;
  const streams = [{ name: 'S', source, scheme_hint: hint, description: 'S' }];
  const defaults = { preferred_schemes: ['ID', 'GR', 'R'], accounting: 'mdl-v0', gr_max_p: 4 } as const;
  const inputs = toyRun({
    state,
    edges: [],
    ...(pfna && { pfna }),
    profile: { press_defaults: { ...defaults, ...press }, s_t_rule: { mode: 'constant', value: 1 } },
    run: { ticks, windows: [{ ...plainWindow('W1', 1, ticks), streams }] },
  });
  const { outcome, texts } = collectRun(inputs);
  if (outcome.state !== 'completed') throw new Error(JSON.stringify(outcome));
  const [manifest] = records<{ streams: Row[] }>(texts['apx_manifests']!);
  const [candidates] = records<{ streams: { candidates: [] }[] }>(texts['apx_candidates']!);
  return { row: manifest!.streams[0]!, table: candidates!.streams[0]!.candidates };
}

const lengths = (asked: Asked): (number | string)[] => account(asked).table.map(({ L_total }) => L_total);

void t.test('mdl-v0 lengths agree with values computed by hand', (t) => {
  // 5 has three digits and zigzags to 9; -4 has three and zigzags to 8; R: deltas 5 and -9 cost 1+10 and 1+19.
  t.strictSame(lengths({ state: [5, -4] }), [8, 19, 12, 10, 10, 10, 31]);
  // Two ticks of [0, 0, 7]: deltas 0 0 7 -7 0 7; R: (1+2) + (1+14) + (1+15) + (1+1) + (1+14).
  t.strictSame(lengths({ state: [0, 0, 7], ticks: 2 }), [12, 32, 24, 24, 26, 30, 51]);
  t.strictSame(lengths({ state: [0] }), [1, 1, 2, 3, 4, 5, 2]);
  t.end();
});

void t.test('a sequence of zero deltas continues across ticks', (t) => {
  // 3 3 3 3: one delta of 3 (1+6), then a run of three zeros (1+2).
  t.equal(lengths({ state: [3, 3], ticks: 2 }).at(-1), 10);
  t.end();
});

void t.test('the lowest total is chosen; ties use the preferred order, then the smaller p', (t) => {
  const press = (preferred_schemes: readonly Scheme[]): Partial<PressDefaults> => ({ preferred_schemes });
  t.match(account({ state: [5, -4] }).row, {
    scheme: 'ID',
    params: 0,
    L_model: 0,
    L_residual: 8,
    L_total: 8,
  });
  t.match(account({ state: [5, -4], press: press(['R', 'GR']) }).row, {
    scheme: 'GR',
    params: 2,
    L_total: 10,
  });
  t.match(account({ state: [0], press: press(['GR', 'ID', 'R']) }).row, {
    scheme: 'GR',
    params: 0,
    L_total: 1,
  });
  t.match(account({ state: [0], press: press(['ID', 'GR', 'R']) }).row, { scheme: 'ID', L_total: 1 });
  t.match(account({ state: [0], press: press(['R']) }).row, { scheme: 'R', L_total: 2 });
  t.end();
});

void t.test('a hint is followed at any cost, GR with its best p', (t) => {
  t.match(account({ state: [5, -4], hint: 'R' }).row, { scheme: 'R', params: 0, L_total: 31 });
  t.match(account({ state: [5, -4], hint: 'GR' }).row, { scheme: 'GR', params: 2, L_total: 10 });
  t.match(account({ state: [5, -4], hint: 'ID', press: { preferred_schemes: ['R'] } }).row, { scheme: 'ID' });
  t.end();
});

void t.test('a stream without values costs 0 bits', (t) => {
  const press = { preferred_schemes: ['R', 'ID'] } as const;
  t.match(account({ state: [1], source: 'fluxes', press }).row, { scheme: 'R', L_total: 0 });
  t.end();
});

void t.test('a total beyond 2^53-1 that is not chosen is decimal text', (t) => {
  const huge = Number.MAX_SAFE_INTEGER;
  const { row, table } = account({ state: [huge, -huge] });
  t.match(row, { scheme: 'ID', L_total: 108 });
  // Zigzags 2*huge - 1 and 2*huge, plus one bit each.
  t.equal(table[1]!.L_total, String(4n * BigInt(huge) + 1n));
  t.end();
});

void t.test('varint-v1 lengths agree with values computed by hand', (t) => {
  const varint = (preferred: Scheme): Asked => ({
    state: [1, 100],
    ticks: 3,
    pfna: { 3: [[0, 8192]] },
    press: { accounting: 'varint-v1', preferred_schemes: [preferred] },
  });
  // Doubled values: 2 and 200 (8 + 16), twice; then 2 and 16584 (8 + 24).
  t.match(account(varint('ID')).row, { L_model: 16, L_residual: 80, L_total: 96 });
  // Later ticks: no change (8 + 8), then 16384 in the second value (8 + 24).
  t.match(account(varint('R')).row, { L_model: 16 + 24, L_residual: 48, L_total: 88 });
  // Two runs, of two ticks and of one.
  t.match(account(varint('GR')).row, { params: 0, L_model: 16 + 24 + 32, L_residual: 16, L_total: 88 });
  t.match(account({ ...varint('ID'), hint: 'GR' }).row, { scheme: 'GR', L_total: 88 });
  t.end();
});
