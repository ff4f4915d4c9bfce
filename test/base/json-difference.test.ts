import fc from 'fast-check';
import t from 'tap';
import type { Json } from '../../lib/base/canonical-json.js';
import { jsonDifferences } from '../../lib/base/json-difference.js';

void t.test('differences are listed by JSON pointer, in order', (t) => {
  const list = [
    ...jsonDifferences({ b: [1, 2], 'a/~': null, same: {} }, { b: [1, 3, 4], 'a/~': 0, same: {}, new: 'x' }),
  ];
  t.strictSame(list, [
    { pointer: '/a~1~0', a: null, b: 0 },
    { pointer: '/b/1', a: 2, b: 3 },
    { pointer: '/b/2', a: undefined, b: 4 },
    { pointer: '/new', a: undefined, b: 'x' },
  ]);
  t.strictSame([...jsonDifferences([1], { 0: 1 })], [{ pointer: '', a: [1], b: { 0: 1 } }]);
  t.end();
});

void t.test('a rank changes the order of members', (t) => {
  const rank = (key: string): number => (key === 'z' ? 0 : 1);
  const pointers = [...jsonDifferences({ a: 1, z: 1 }, { a: 2, z: 2 }, rank)].map(({ pointer }) => pointer);
  t.strictSame(pointers, ['/z', '/a']);
  t.end();
});

void t.test('two values differ exactly at the reported places', (t) => {
  const value = fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.parse(JSON.stringify(json)) as Json);
  fc.assert(
    fc.property(value, value, (a, b) => {
      t.equal([...jsonDifferences(a, a)].length, 0);
      const isEqual = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
      return isEqual === ([...jsonDifferences(a, b)].length === 0);
    }),
    { numRuns: 300 },
  );
  t.end();
});

/** The same value with its keys sorted. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, Json>);
  return Object.fromEntries(entries.sort(([x], [y]) => (x < y ? -1 : 1)).map(([k, v]) => [k, sorted(v)]));
}
