import { createHash } from 'node:crypto';
import t from 'tap';
import { merkleRoot } from '../../../lib/engine/loom/merkle.js';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const leaf = (n: number): string => sha(`leaf ${String(n)}`);
const leaves = (count: number): string[] => Array.from({ length: count }, (_, n) => leaf(n));

void t.test('the root of a single leaf is the leaf', (t) => {
  t.equal(merkleRoot([leaf(0)]), leaf(0));
  t.end();
});

void t.test('the hash of a parent is that of the text of its children', (t) => {
  t.equal(merkleRoot(leaves(2)), sha(leaf(0) + leaf(1)));
  t.not(merkleRoot([leaf(1), leaf(0)]), merkleRoot(leaves(2)));
  t.end();
});

void t.test('an odd node is paired with itself at every level', (t) => {
  const pair = (a: string, b: string): string => sha(a + b);
  const [a, b, c, d, e] = leaves(5) as [string, string, string, string, string];
  t.equal(merkleRoot(leaves(3)), pair(pair(a, b), pair(c, c)));
  const ee = pair(e, e);
  t.equal(merkleRoot(leaves(5)), pair(pair(pair(a, b), pair(c, d)), pair(ee, ee)));
  t.end();
});

void t.test('the list of leaves is not changed', (t) => {
  const list = Object.freeze(leaves(7));
  merkleRoot(list);
  t.strictSame(list, leaves(7));
  t.end();
});
