import t from 'tap';
import { RedundantEntries } from '../../lib/config/sweep/redundant-entries.js';

function redundant(count: number, ...sets: readonly (readonly number[])[]): number[] {
  const entries = new RedundantEntries(count);
  for (const set of sets) entries.add(set);
  return entries.redundant().map(({ index }) => index);
}

void t.test('an entry is redundant if every set has another one left, the later first', (t) => {
  t.same(redundant(3, [0], [1]), [2]);
  t.same(redundant(2, [0, 1]), [1]);
  t.same(redundant(3, [0, 1], [1, 2]), [0, 2], 'without 2, 1 is needed');
  t.same(redundant(3, [0, 2], [1, 2]), [2]);
  t.same(redundant(2), [0, 1]);
  t.end();
});

void t.test('the number of members and sets may exceed the initial capacity', (t) => {
  const sets = Array.from({ length: 3000 }, (_, set) => [set % 7, 7]);
  t.same(redundant(9, ...sets), [7, 8]);
  t.end();
});
