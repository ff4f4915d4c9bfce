import fc from 'fast-check';
import t from 'tap';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { Replay, type ReplayStart } from '../../lib/session/replay.js';
import { collectRun, type CollectedRun } from './collect-run.js';
import { Draw } from './draw.js';
import { oracle, type OracleResult, type OracleTexts } from './oracle.js';
import { withGraphs } from './random-graphs.js';
import { randomInputs } from './random-inputs.js';

/** Ends of the runs of the property; a property without faults proves nothing about faults. */
type Tally = Record<OracleResult['state'], number>;

void t.test('the engine writes the bytes of the oracle', (t) => {
  const tally: Tally = { completed: 0, out_of_range: 0, dropped: 0 };
  const property = fc.property(fc.gen(), fc.integer({ min: 1, max: 4000 }), (value, chunk_bytes) => {
    const inputs = randomInputs(new Draw(value));
    const expected = oracle(inputs);
    tally[expected.state]++;
    agree(inputs, collectRun(inputs, { chunk_bytes }), expected);
  });
  fc.assert(property, { seed: 20250107, numRuns: 1000 });
  t.comment(JSON.stringify(tally));
  t.ok(tally.completed > 400, 'many runs complete');
  t.ok(tally.out_of_range > 100, 'many runs leave the storable range');
  t.ok(tally.dropped > 5, 'some runs lose an envelope to the Gate');
  t.end();
});

void t.test('the engine writes the bytes of the oracle for changing graphs and APXi views', (t) => {
  const tally: Tally = { completed: 0, out_of_range: 0, dropped: 0 };
  const seen = { events: 0, views: 0, motifs: 0 };
  const property = fc.property(fc.gen(), fc.integer({ min: 1, max: 4000 }), (value, chunk_bytes) => {
    const draw = new Draw(value);
    const inputs = withGraphs(draw, randomInputs(draw));
    const expected = oracle(inputs);
    tally[expected.state]++;
    const run = collectRun(inputs, { chunk_bytes });
    agree(inputs, run, expected);
    replays(inputs, run);
    if ((run.texts['slp'] ?? '') !== '') seen.events++;
    if ((run.texts['apxi_views'] ?? '').includes('descriptor_id')) seen.views++;
    if (inputs.slp !== undefined && (run.texts['codex_motifs'] ?? '') !== '') seen.motifs++;
  });
  fc.assert(property, { seed: 20261128, numRuns: 1000 });
  t.comment(JSON.stringify({ ...tally, ...seen }));
  t.ok(tally.completed > 300, 'many runs complete');
  t.ok(seen.events > 300, 'many graphs change');
  t.ok(seen.views > 200, 'many views have descriptors');
  t.ok(seen.motifs > 30, 'the Codex reads changing graphs');
  t.end();
});

/** A replay gives the recorded ticks, from the initial state and from a later state. */
function replays(inputs: RunInputs, { outcome, texts }: CollectedRun): void {
  if (outcome.ticks_completed === 0) return;
  const ledgers = texts['umx_ledger']!.split('\n');
  const blocks = texts['loom_p_blocks']!.split('\n');
  const middle = Math.floor(outcome.ticks_completed / 2);
  let state: ReplayStart | null = null;
  for (const from of [0, middle]) {
    const replay: Replay = new Replay(inputs, from === 0 ? null : state);
    for (let tick = from + 1; tick <= outcome.ticks_completed; tick++) {
      const { umx_ledger, loom_p_block } = replay.next();
      if (umx_ledger !== ledgers[tick - 1] || loom_p_block !== blocks[tick - 1])
        throw new Error(
          `tick ${String(tick)} replayed from ${String(from)} differs\n${JSON.stringify(inputs)}`,
        );
      if (tick === middle) state = replay.state;
    }
  }
}

function agree(inputs: RunInputs, { outcome, texts }: CollectedRun, expected: OracleResult): void {
  const told = (why: string): Error => new Error(`${why}\ninputs: ${JSON.stringify(inputs)}`);
  if (expected.state === 'completed' && outcome.state !== 'completed') {
    throw told(`completes by the contract, but: ${JSON.stringify(outcome)}`);
  }
  if (expected.state !== 'completed') {
    if (outcome.state !== 'faulted') throw told(`must fault: ${JSON.stringify(expected)}`);
    const { code, tick, place } = outcome.fault;
    const dropped = expected.state === 'dropped';
    const where = dropped ? { tick: 1, places: ['envelope nap_1_1'] } : expected.at;
    const wanted = dropped ? 'GOVERNANCE_ENVELOPE_DROPPED' : 'INT_RANGE';
    if (code !== wanted || tick !== where.tick || !where.places.includes(String(place))) {
      throw told(`faults as ${JSON.stringify(outcome.fault)} instead of ${wanted} ${JSON.stringify(where)}`);
    }
  }
  sameTexts(expected.texts, texts, told);
}

function sameTexts(expected: OracleTexts, found: OracleTexts, told: (why: string) => Error): void {
  for (const [kind, text] of Object.entries(expected)) {
    if (found[kind] === text) continue;
    const wanted = text.split('\n');
    const lines = (found[kind] ?? 'no such artefact').split('\n');
    const at = wanted.findIndex((line, n) => line !== lines[n]);
    throw told(
      `${kind}, record ${String(at + 1)}:\n wanted ${String(wanted[at])}\n  found ${String(lines[at])}`,
    );
  }
}
