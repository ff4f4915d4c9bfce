import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { entriesByTick, pfnaRef } from '../../../lib/engine/gate/pfna-ref.js';
import type { PfnaEntry } from '../../../lib/engine/inputs.js';
import { anyCharacter } from '../../base/any-character.js';
import { pfnaRefOf } from '../../session/oracle-gate.js';

const MAX = Number.MAX_SAFE_INTEGER;
const entry = (pfna_id: string, values: readonly number[], tick = 1): PfnaEntry => ({
  pfna_id,
  tick,
  values,
  audit: [],
});

void t.test('pfna_ref agrees with values computed by hand', (t) => {
  t.equal(pfnaRef([], 97), 0);
  // 'ab' is (97*31 + 98) = 3105; then *17 + 5 = 52790; then *17 - 3 = 897427.
  t.equal(pfnaRef([entry('ab', [5, -3])], 1000000007), 897427);
  t.equal(pfnaRef([entry('ab', [5]), entry('c', [])], 1000000007), 52790 * 31 + 99);
  t.equal(pfnaRef([entry('', [-1])], 1000), 999, 'the remainder is mathematical');
  t.end();
});

void t.test('characters of ids are counted by code point, not by UTF-16 unit', (t) => {
  t.equal(pfnaRef([entry('\u{1F600}', [])], 1000000007), 0x1f600);
  t.end();
});

void t.test('pfna_ref agrees with bigints under any modulus', (t) => {
  const some = fc.array(
    fc.tuple(
      fc.string({ unit: anyCharacter, maxLength: 6 }),
      fc.array(fc.maxSafeInteger(), { maxLength: 4 }),
    ),
    { maxLength: 3 },
  );
  const modulus = fc.oneof(fc.constantFrom(1, 2, 2 ** 31, MAX), fc.integer({ min: 1, max: MAX }));
  const property = fc.property(some, modulus, (list, M) => {
    const entries = list.map(([id, values]) => entry(id, values));
    entries.sort((a, b) => (a.pfna_id < b.pfna_id ? -1 : a.pfna_id > b.pfna_id ? 1 : 0));
    assert.equal(pfnaRef(entries, M), Number(pfnaRefOf(entries, M)));
  });
  fc.assert(property, { seed: 72, numRuns: 800 });
  t.pass('800 lists of entries');
  t.end();
});

void t.test('entries are found by tick, in the given order', (t) => {
  const entries = [entry('a', [], 0), entry('b', [], 2), entry('c', [], 2)];
  const byTick = entriesByTick(entries);
  t.strictSame([...byTick.keys()], [0, 2]);
  t.strictSame(
    byTick.get(2)!.map((e) => e.pfna_id),
    ['b', 'c'],
  );
  t.equal(byTick.get(1), undefined);
  t.end();
});
