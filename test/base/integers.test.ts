import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import {
  addMod,
  bitLength,
  bitLengthBig,
  isInt,
  isStorable,
  MAX_INT,
  mod,
  modBig,
  mulDivFloor,
  mulMod,
} from '../../lib/base/integers.js';

const EDGES = [
  0,
  1,
  2,
  3,
  31,
  32,
  2 ** 26,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 52,
  2 ** 52 + 1,
  MAX_INT - 1,
  MAX_INT,
];
const edgy = fc.oneof(fc.constantFrom(...EDGES, ...EDGES.map((n) => -n)), fc.maxSafeInteger());
const natural = fc.oneof(fc.constantFrom(...EDGES), fc.maxSafeNat());
const modulus = natural.map((n) => Math.max(n, 1));

/** Mathematical remainder by bigints. */
function remainder(x: bigint, m: number): number {
  const M = BigInt(m);
  return Number(((x % M) + M) % M);
}

void t.test('isInt accepts only doubles that are exact integers', (t) => {
  for (const good of [0, -0, 1, -1, MAX_INT, -MAX_INT]) t.ok(isInt(good), String(good));
  for (const bad of [0.1, MAX_INT + 1, -MAX_INT - 1, NaN, Infinity, '1', 1n, null, undefined, true, {}]) {
    t.notOk(isInt(bad), String(bad));
  }
  t.end();
});

void t.test('isStorable is true up to 2^53-1 on both sides', (t) => {
  const max = 2n ** 53n - 1n;
  t.strictSame([max, -max, 0n].map(isStorable), [true, true, true]);
  t.strictSame([max + 1n, -max - 1n, 2n ** 64n].map(isStorable), [false, false, false]);
  t.end();
});

void t.test('mod is the mathematical remainder and never -0', (t) => {
  t.strictSame(
    [mod(-1, 7), mod(-7, 7), mod(0, 7), mod(13, 7), mod(-MAX_INT, 1), mod(-1, MAX_INT)],
    [6, 0, 0, 6, 0, MAX_INT - 1],
  );
  t.ok(Object.is(mod(-7, 7), 0));
  t.ok(Object.is(mod(-0, 7), 0));
  t.equal(modBig(-(2n ** 90n), 10n), 6n);
  t.end();
});

void t.test('modular sums and products are exact for all operands', (t) => {
  const property = fc.property(edgy, edgy, modulus, (x, y, m) => {
    assert.equal(mulMod(x, y, m), remainder(BigInt(x) * BigInt(y), m));
    assert.equal(addMod(x, y, m), remainder(BigInt(x) + BigInt(y), m));
    assert.equal(mod(x, m), remainder(BigInt(x), m));
    for (const r of [mulMod(x, y, m), addMod(x, y, m), mod(x, m)]) assert.ok(!Object.is(r, -0));
  });
  fc.assert(property, { seed: 21, numRuns: 2000 });
  t.pass('all agree with bigints');
  t.end();
});

void t.test('mulDivFloor is exact, and Infinity beyond the range of records', (t) => {
  const property = fc.property(natural, natural, modulus, (x, y, d) => {
    const exact = (BigInt(x) * BigInt(y)) / BigInt(d);
    assert.equal(mulDivFloor(x, y, d), isStorable(exact) ? Number(exact) : Infinity);
  });
  fc.assert(property, { seed: 22, numRuns: 2000 });
  t.equal(mulDivFloor(MAX_INT, MAX_INT, MAX_INT), MAX_INT);
  t.equal(mulDivFloor(MAX_INT, 2, 1), Infinity);
  t.equal(mulDivFloor(2 ** 52, 2, 1), Infinity);
  t.end();
});

void t.test('bit lengths are those of the binary text', (t) => {
  for (let bit = 0; bit < 53; bit++) {
    for (const n of [2 ** bit - 1, 2 ** bit, 2 ** bit + 1]) {
      if (n <= MAX_INT) t.equal(bitLength(n), n === 0 ? 0 : n.toString(2).length, String(n));
    }
  }
  t.equal(bitLength(MAX_INT), 53);
  t.strictSame([0n, 1n, 2n ** 64n - 1n, 2n ** 64n].map(bitLengthBig), [0, 1, 64, 65]);
  t.end();
});
