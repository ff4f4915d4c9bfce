import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { EngineFault } from '../../lib/engine/fault.js';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { Replay, type ReplayStart } from '../../lib/session/replay.js';
import { toyRun } from '../engine/toy-run.js';
import { busyRun } from './busy-run.js';
import { collectRun, records } from './collect-run.js';
import { Draw } from './draw.js';
import { randomInputs } from './random-inputs.js';

/** Replays to the end of the run from every I-block and from the start, and compares with the stored records. */
function replayAll(inputs: RunInputs): number {
  const { outcome, texts } = collectRun(inputs);
  const ledgers = texts['umx_ledger']!.split('\n').slice(0, -1);
  const blocks = texts['loom_p_blocks']!.split('\n').slice(0, -1);
  const committed = records<{ umx_ledger_hash: string; loom_block_hash: string; C_t: number }>(
    texts['u_ledger']!,
  );
  const starts: (ReplayStart | null)[] = [null, ...records<never>(texts['loom_i_blocks']!)];
  if (outcome.state === 'faulted' && outcome.fault.tick === 0) return 0;
  for (const start of starts) {
    const replay = new Replay(inputs, start);
    for (let tick = (start?.tick ?? 0) + 1; tick <= ledgers.length; tick++) {
      const again = replay.next();
      assert.equal(again.tick, tick);
      assert.equal(again.umx_ledger, ledgers[tick - 1]);
      assert.equal(again.loom_p_block, blocks[tick - 1]);
      const entry = committed[tick - 1];
      if (entry === undefined) continue;
      assert.equal(again.umx_ledger_hash, entry.umx_ledger_hash);
      assert.equal(again.loom_block_hash, entry.loom_block_hash);
      assert.equal(again.C_t, entry.C_t);
    }
  }
  return starts.length;
}

void t.test('a run can be replayed from its start and from each I-block', (t) => {
  let starts = 0;
  const property = fc.property(fc.gen(), (value) => {
    starts += replayAll(randomInputs(new Draw(value)));
  });
  fc.assert(property, { seed: 91, numRuns: 250 });
  t.ok(starts > 500, `${String(starts)} replays`);
  t.end();
});

void t.test('a run can be replayed from a state taken between I-blocks', (t) => {
  const inputs = toyRun({ SC: 3, state: [50, -7], pfna: { 0: [[1, 0]], 6: [[0, 9]] }, run: { ticks: 9 } });
  const ledgers = collectRun(inputs).texts['umx_ledger']!.split('\n');
  const first = new Replay(inputs, null);
  t.match(first.state, { tick: 0, C_t: inputs.profile.C0, post_u: [51, -7] });
  for (let n = 0; n < 4; n++) first.skip();
  t.equal(first.state.tick, 4);
  const second = new Replay(inputs, first.state);
  for (let tick = 5; tick <= 9; tick++) t.equal(second.next().umx_ledger, ledgers[tick - 1]);
  t.end();
});

void t.test('checkpoints of a session are replay states and do not change records', (t) => {
  const inputs = busyRun();
  const { state_checkpoints, ...texts } = collectRun(inputs, { checkpoint_every: 5, chunk_bytes: 200 }).texts;
  t.strictSame(texts, collectRun(inputs).texts);
  const blocks = records<{ tick: number; C_t: number; post_u: number[] }>(texts['loom_i_blocks']!);
  t.strictSame(
    records(state_checkpoints!),
    blocks.map(({ C_t, post_u, tick }) => ({ C_t, post_u, tick })),
    'here they are the I-blocks',
  );
  t.equal(collectRun(inputs, { checkpoint_every: 13 }).texts['state_checkpoints'], '');
  t.end();
});

void t.test('a replay faults at the same tick as the run', (t) => {
  const inputs = toyRun({ state: [0, 0], pfna: { 3: [[Number.MAX_SAFE_INTEGER, 1]] } });
  const replay = new Replay(inputs, null);
  replay.next();
  replay.next();
  t.throws(() => replay.next(), EngineFault);
  t.end();
});
