import t from 'tap';
import { collectRun, records } from '../../session/collect-run.js';
import { toyRun, type ToyRun } from '../toy-run.js';

interface MotifRecord {
  readonly motif_id: string;
  readonly pattern_descriptor: { readonly du_signature: number[]; readonly f_e_signature: number[] };
  readonly mdl_stats: Record<string, number>;
  readonly usage_stats: Record<string, number>;
}

const OBSERVE = { governance_mode: 'OBSERVE', codex_action_mode: 'OBSERVE' } as const;

function motifs(toy: ToyRun): MotifRecord[] {
  const { texts } = collectRun(toyRun({ governance: OBSERVE, ...toy }));
  return records<MotifRecord>(texts['codex_motifs']!);
}

void t.test('ticks with the same signature are one motif, ordered by signature', (t) => {
  // du is 8, then 8 again after an input, then -8 ... : flux is capped to 0, so only PFNA moves anything.
  const found = motifs({
    state: [8, 0],
    edges: [{ i: 1, j: 2, cap: 0 }],
    run: { ticks: 5 },
    pfna: { 3: [[0, 16]], 5: [[16, 0]] },
  });
  t.strictSame(
    found.map((m) => [m.motif_id, m.pattern_descriptor.du_signature, m.usage_stats]),
    [
      ['MOTIF_0001', [-8], { usage_count: 2, first_tick: 3, last_tick: 4 }],
      ['MOTIF_0002', [8], { usage_count: 3, first_tick: 1, last_tick: 5 }],
    ],
  );
  t.strictSame(found[1]!.mdl_stats, { L_self: 2, L_usage: 3, L_total: 5, delta_vs_baseline: -3 });
  t.end();
});

void t.test('signatures are compared as numbers, edge by edge', (t) => {
  const found = motifs({
    state: [0, 0, 0],
    edges: [
      { i: 1, j: 2, cap: 0 },
      { i: 1, j: 3, cap: 0 },
    ],
    run: { ticks: 4 },
    pfna: { 1: [[10, 0, 0]], 2: [[0, 1, 0]], 3: [[0, 0, 30]], 4: [[0, -101, 0]] },
  });
  t.strictSame(
    found.map((m) => m.pattern_descriptor.du_signature),
    [
      [9, -20],
      [9, 10],
      [10, 10],
      [110, -20],
    ],
  );
  t.end();
});

void t.test('a graph without edges has one motif of empty lists', (t) => {
  const [only, ...others] = motifs({ state: [1], edges: [] });
  t.strictSame(others, []);
  t.match(only, {
    pattern_descriptor: { du_signature: [], f_e_signature: [] },
    mdl_stats: { L_self: 0, L_total: 4 },
  });
  t.end();
});

void t.test('many wide signatures keep order and counts', (t) => {
  // 700 edges make a signature of 1400 values; 120 different ones fill several blocks of the library.
  const edges = Array.from({ length: 700 }, () => ({ i: 1, j: 2, cap: 0 }));
  const step = (tick: number): readonly (readonly number[])[] => [[tick % 2 === 0 ? 1 : 2, 0]];
  const pfna = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [at + 1, step(at + 1)]));
  const found = motifs({ state: [-90, 0], edges, run: { ticks: 120 }, pfna });
  const first = found.map((m) => m.pattern_descriptor.du_signature[0]!);
  t.equal(found.length, 120);
  t.strictSame(
    first,
    [...first].sort((a, b) => a - b),
  );
  t.ok(found.every((m) => new Set(m.pattern_descriptor.du_signature).size === 1));
  t.end();
});
