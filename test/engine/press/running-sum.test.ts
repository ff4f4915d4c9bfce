import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { RunningSum } from '../../../lib/engine/press/running-sum.js';

const MAX = Number.MAX_SAFE_INTEGER;

function sumOf(values: readonly (number | bigint)[]): number | bigint {
  const sum = new RunningSum();
  for (const value of values) sum.add(value);
  return sum.value;
}

void t.test('a running sum is exact beyond 2^53', (t) => {
  t.equal(sumOf([]), 0);
  t.equal(sumOf([MAX]), MAX);
  t.equal(sumOf([MAX, 0]), MAX);
  t.equal(sumOf([MAX, 1]), 2n ** 53n);
  t.equal(sumOf([MAX - 1, 1]), MAX);
  t.equal(sumOf([MAX, 1, 1]), 2n ** 53n + 1n, 'a sum that a double would round');
  t.equal(sumOf([5n, 6]), 11, 'a small bigint becomes a number again');
  t.equal(sumOf([2n ** 70n, 1]), 2n ** 70n + 1n);
  t.end();
});

void t.test('running sums agree with bigints', (t) => {
  const value = fc.oneof(
    fc.maxSafeNat(),
    fc.nat({ max: 9 }),
    fc.constant(MAX),
    fc.bigInt({ min: 0n, max: 2n ** 60n }),
  );
  const property = fc.property(fc.array(value), (values) => {
    const exact = values.reduce<bigint>((sum, one) => sum + BigInt(one), 0n);
    assert.equal(sumOf(values), exact <= BigInt(MAX) ? Number(exact) : exact);
  });
  fc.assert(property, { seed: 51, numRuns: 1000 });
  t.pass('1000 lists');
  t.end();
});
