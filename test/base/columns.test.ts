import fc from 'fast-check';
import t from 'tap';
import { NumberColumn } from '../../lib/base/number-column.js';
import { PackedTexts } from '../../lib/base/packed-texts.js';
import { TextColumn } from '../../lib/base/text-column.js';

void t.test('a column of numbers keeps all values across its blocks', (t) => {
  for (const [kind, large] of [
    ['int32', -(2 ** 31)],
    ['double', 2 ** 53 - 1],
  ] as const) {
    const column = new NumberColumn(kind);
    for (let n = 0; n < 40_000; n++) column.push(n === 20_000 ? large : n);
    column.set(39_999, -7);
    t.strictSame([column.length, column.at(16_383), column.at(16_384)], [40_000, 16_383, 16_384]);
    t.strictSame([column.at(20_000), column.at(39_999)], [large, -7]);
  }
  t.end();
});

void t.test('packed texts are numbered in order of first use', (t) => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3, unit: 'grapheme' })), (texts) => {
      const packed = new PackedTexts();
      const numbers = new Map<string, number>();
      for (const text of texts) {
        if (!numbers.has(text)) numbers.set(text, numbers.size);
        if (packed.add(text) !== numbers.get(text)) return false;
      }
      return (
        packed.length === numbers.size &&
        packed.find('none of them') === undefined &&
        [...numbers].every(([text, number]) => packed.find(text) === number && packed.at(number) === text)
      );
    }),
    { numRuns: 200 },
  );
  t.end();
});

void t.test('packed texts are found while their table grows', (t) => {
  const packed = new PackedTexts();
  for (let n = 0; n < 20_000; n++) packed.add(`run[ticks=${String(n)}]`);
  for (let n = 0; n < 20_000; n += 997) t.equal(packed.find(`run[ticks=${String(n)}]`), n);
  t.strictSame([...packed].at(-1), 'run[ticks=19999]');
  t.end();
});

void t.test('texts longer than a chunk are kept and compared by code point', (t) => {
  const column = new TextColumn();
  const long = 'é'.repeat(200_000);
  for (const text of ['b', long, '', 'a', 'ab']) column.push(text);
  t.ok(column.at(1) === long);
  const order = [0, 1, 2, 3, 4].sort((a, b) => column.compare(a, b));
  t.strictSame(order, [2, 3, 4, 0, 1]);
  t.end();
});
