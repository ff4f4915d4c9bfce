import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { exactSum, fromBig } from '../../../lib/engine/umx/exact-sum.js';

const MAX = Number.MAX_SAFE_INTEGER;

void t.test('a sum is exact even if partial sums exceed the range of doubles', (t) => {
  t.equal(exactSum(Float64Array.of(MAX, MAX, 1, -MAX, -MAX)), 1);
  t.equal(exactSum(Float64Array.of(MAX, 2, -1, -1)), MAX);
  t.equal(exactSum(Float64Array.of(-MAX, -1, 1)), -MAX);
  t.equal(exactSum(new Float64Array(0)), 0);
  t.end();
});

void t.test('a sum beyond the storable range is a bigint', (t) => {
  t.equal(exactSum(Float64Array.of(MAX, 1)), 2n ** 53n);
  t.equal(exactSum(Float64Array.of(-MAX, -MAX)), -(2n ** 54n - 2n));
  t.end();
});

void t.test('sums agree with bigints', (t) => {
  const values = fc.array(
    fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -5, max: 5 }), fc.constantFrom(MAX, -MAX)),
  );
  const property = fc.property(values, (list) => {
    const exact = list.reduce((sum, value) => sum + BigInt(value), 0n);
    assert.equal(exactSum(Float64Array.from(list)), fromBig(exact));
  });
  fc.assert(property, { seed: 41, numRuns: 1000 });
  t.pass('1000 lists');
  t.end();
});

void t.test('fromBig returns a number exactly for values in the range', (t) => {
  t.strictSame([fromBig(BigInt(MAX)), fromBig(-BigInt(MAX)), fromBig(0n)], [MAX, -MAX, 0]);
  t.equal(fromBig(BigInt(MAX) + 1n), BigInt(MAX) + 1n);
  t.equal(fromBig(-BigInt(MAX) - 1n), -BigInt(MAX) - 1n);
  t.end();
});
