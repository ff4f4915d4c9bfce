import fc from 'fast-check';
import t from 'tap';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { collectRun, type CollectedRun } from './collect-run.js';
import { Draw } from './draw.js';
import { oracle, type OracleResult, type OracleTexts } from './oracle.js';
import { randomInputs } from './random-inputs.js';

/** How the property's runs ended; a property that never sees a fault proves nothing about faults. */
type Tally = Record<OracleResult['state'], number>;

void t.test('the engine writes what the contract says, to the byte', (t) => {
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
