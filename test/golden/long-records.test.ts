import t from 'tap';
import type { Json } from '../../lib/base/canonical-json.js';
import { recordDiff, withoutLongRecords, type GoldenDifference } from '../../lib/golden/index.js';

const at = { tick: 1, tick_to: null, artefact: 'umx_ledger', pointer: '/u/0', a: 1, b: 2 };

function difference(a_record: Json, b_record: Json): GoldenDifference {
  const none = { artefacts: [], documents: [], inputs: [], more_inputs: false, engine: null };
  return { first: { ...at, a_record, b_record }, ...none };
}

const numbers = (count: number, offset = 0): Json => ({
  u: Array.from({ length: count }, (_, n) => n + offset),
});

/** A record with one line per edge. */
const edges = (count: number, offset = 0): Json => ({
  edges: Array.from({ length: count }, (_, n) => ({ e_id: n + offset })),
});

void t.test('records that are too long are not compared line by line, which is reported', (t) => {
  t.match(recordDiff(difference(numbers(10), numbers(11))), /^\+ .*9, 10\]$/m);
  t.match(recordDiff(difference(numbers(10), numbers(30_000))), /more than 20000 values/);
  t.match(recordDiff(difference(edges(6000), edges(6000, 10_000))), /differ in more than 5000 lines/);
  t.end();
});

void t.test('a difference omits long records and names them', (t) => {
  const long = withoutLongRecords(difference(numbers(10), numbers(30_000)));
  t.match(long, { first: { ...at, a_record: numbers(10), b_record: null }, left_out: ['b_record'] });
  const short = difference(1, numbers(3));
  t.same(withoutLongRecords(short), { ...short, left_out: [] });
  t.same(withoutLongRecords({ ...short, first: null }).first, null);
  t.end();
});
