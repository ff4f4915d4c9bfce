import t from 'tap';
import type { ManifestStream } from '../../lib/engine/press/records.js';
import { collectRun, records } from '../session/collect-run.js';
import { plainWindow, toyRun } from './toy-run.js';
import { configRunId } from '../ids.js';

/** The published six-node run. */
const GF01 = toyRun({
  state: [3, 1, 0, 0, 0, 0],
  edges: [
    { i: 1, j: 2 },
    { i: 1, j: 4, k: 2 },
    { i: 1, j: 6 },
    { i: 2, j: 3 },
    { i: 2, j: 5, k: 2 },
    { i: 3, j: 4 },
    { i: 4, j: 5 },
    { i: 5, j: 6 },
  ],
  topology: { gid: 'GF01' },
  run: {
    gid: 'GF01',
    run_id: configRunId('gf01'),
    nid: 'N/A',
    ticks: 8,
    windows: [
      { ...plainWindow('GF01_W1_ticks_1_8', 1, 8), apx_name: 'GF01_APX_v0_full_window' },
      { ...plainWindow('GF01_W1_ticks_1_2', 1, 2), apx_name: 'GF01_APX_v0_ticks_1_2' },
    ],
    primary_window_id: 'GF01_W1_ticks_1_8',
  },
});

const CHAIN = [20987847, 356793608, 65491504, 113355772, 927048329, 759821701, 916969047, 588473909];

/** Published candidate lengths: ID, GR(0..4), R. */
const WINDOWS = [
  {
    window_id: 'GF01_W1_ticks_1_2',
    check: 869911338,
    S1: { values: 12, lengths: [12, 12, 24, 36, 48, 60, 5] },
    S2: { values: 16, lengths: [16, 16, 32, 48, 64, 80, 6] },
  },
  {
    window_id: 'GF01_W1_ticks_1_8',
    check: 487809945,
    S1: { values: 48, lengths: [48, 48, 96, 144, 192, 240, 7] },
    S2: { values: 64, lengths: [64, 64, 128, 192, 256, 320, 8] },
  },
];

const { outcome, texts } = collectRun(GF01);

void t.test('GF-01 has eight ticks with constant state', (t) => {
  t.strictSame(outcome, { state: 'completed', ticks_completed: 8 });
  const ledgers = records<{ post_u: number[]; edges: { f_e: number }[] }>(texts['umx_ledger']!);
  t.equal(ledgers.length, 8);
  for (const { post_u, edges } of ledgers) {
    t.strictSame(post_u, [3, 1, 0, 0, 0, 0]);
    t.strictSame(
      edges.map(({ f_e }) => f_e),
      [0, 0, 0, 0, 0, 0, 0, 0],
    );
  }
  t.end();
});

void t.test('GF-01 has the published chain and one I-block', (t) => {
  const blocks = records<{ C_t: number; s_t: number }>(texts['loom_p_blocks']!);
  t.strictSame(
    blocks.map(({ s_t }) => s_t),
    [9, 9, 9, 9, 9, 9, 9, 9],
  );
  t.strictSame(
    blocks.map(({ C_t }) => C_t),
    CHAIN,
  );
  const checkpoints = records<{ tick: number; C_t: number }>(texts['loom_i_blocks']!);
  t.strictSame(
    checkpoints.map(({ tick, C_t }) => [tick, C_t]),
    [[8, 588473909]],
  );
  t.end();
});

for (const [at, { window_id, check, S1, S2 }] of WINDOWS.entries()) {
  void t.test(`${window_id} has the published lengths and check`, (t) => {
    const manifest = records<{ window_id: string; manifest_check: number; streams: ManifestStream[] }>(
      texts['apx_manifests']!,
    )[at]!;
    const table = records<{ streams: { values: number; candidates: object[]; chosen: string }[] }>(
      texts['apx_candidates']!,
    )[at]!;
    t.equal(manifest.window_id, window_id);
    t.equal(manifest.manifest_check, check);
    for (const [s, published] of [S1, S2].entries()) {
      const total = published.lengths.at(-1)!;
      const lengths = { scheme: 'R', params: 0, L_model: 0, L_residual: total, L_total: total };
      t.match(manifest.streams[s], lengths);
      t.equal(table.streams[s]!.values, published.values);
      t.equal(table.streams[s]!.chosen, 'R');
      t.strictSame(table.streams[s]!.candidates, candidateRows(published.lengths));
    }
    t.end();
  });
}

void t.test('GF-01 has the published DATA envelopes', (t) => {
  const data = records<{ layer: string; payload_ref: number; seq: number; prev_chain: number; nid: string }>(
    texts['nap_envelopes']!,
  ).filter(({ layer }) => layer === 'DATA');
  t.strictSame(
    data.map(({ payload_ref, seq, prev_chain }) => [payload_ref, seq, prev_chain]),
    [1234567, ...CHAIN.slice(0, 7)].map((prev, tick) => [487809945, tick + 1, prev]),
  );
  t.ok(data.every(({ nid }) => nid === 'N/A'));
  t.end();
});

function candidateRows(lengths: readonly number[]): object[] {
  return lengths.map((L_total, at) => {
    if (at === 0) return { scheme: 'ID', params: 0, L_total };
    return at === lengths.length - 1
      ? { scheme: 'R', params: 0, L_total }
      : { scheme: 'GR', params: at - 1, L_total };
  });
}
