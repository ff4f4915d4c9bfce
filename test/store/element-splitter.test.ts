import t from 'tap';
import { ElementSplitter } from '../../lib/store/element-splitter.js';

/** The elements that a splitter finds in a text in pieces of that size. */
function split(text: string, size: number): { readonly elements: unknown[]; readonly rest: unknown } {
  const bytes = Buffer.from(text);
  const splitter = new ElementSplitter('outcomes');
  const elements: unknown[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    // The caller's bytes are only valid during the call.
    const piece = Buffer.from(bytes.subarray(at, at + size));
    elements.push(...splitter.push(piece));
    piece.fill(0x7d);
  }
  return { elements, rest: splitter.finish() };
}

const ODD = ['"', '\\', '\\"', '},{', '}]', '[{"outcomes":[', ']}', 'ä€😀', '\n', '{', ''];

void t.test('objects are complete for every division into pieces', (t) => {
  for (let count = 0; count < 12; count++) {
    const outcomes = Array.from({ length: count }, (_, n) => ({
      name: ODD[n % ODD.length],
      run: n % 3 === 0 ? null : `r${String(n)}`,
      [`k${ODD[(n + 5) % ODD.length]!}`]: [n, { deep: [ODD[(n + 2) % ODD.length], {}] }],
    }));
    const record = {
      manifests: ['"outcomes":[', 'a'],
      metrics: { outcomes: [{ not: 'these' }] },
      outcomes,
      verdict: { issues: [{ a: '},{' }, { b: 1 }], outcomes: [1] },
    };
    for (let size = 1; size < 40; size++) {
      const { elements, rest } = split(JSON.stringify(record), size);
      if (JSON.stringify(elements) !== JSON.stringify(outcomes))
        t.fail(`${String(count)} in ${String(size)}`);
      if (JSON.stringify(rest) !== JSON.stringify({ ...record, outcomes: [] })) t.fail('the other members');
    }
  }
  t.end();
});

void t.test('an object without the list has no elements', (t) => {
  t.strictSame(split('{"a":{"outcomes":[{"b":1}]}}', 5), { elements: [], rest: undefined });
  t.strictSame(split('{"outcomes":[{"b":1}', 5), { elements: [{ b: 1 }], rest: undefined });
  t.end();
});
