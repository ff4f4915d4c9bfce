import t from 'tap';
import { BlockCache } from '../../lib/store/facts/block-cache.js';

/** Lines of all lengths up to some blocks, and their offsets. */
function linesOf(count: number): {
  readonly bytes: Buffer;
  readonly lines: string[];
  readonly from: number[];
} {
  const lines = Array.from({ length: count }, (_, n) => `${String(n)} ${'ä'.repeat((n * 7919) % 20_000)}`);
  const from: number[] = [];
  let at = 0;
  for (const line of lines) {
    from.push(at);
    at += Buffer.byteLength(line) + 1;
  }
  return { bytes: Buffer.from(lines.map((line) => `${line}\n`).join('')), lines, from };
}

void t.test('lines are complete in any order of reading, with reused blocks', (t) => {
  const { bytes, lines, from } = linesOf(1000);
  const buffers = new Set<ArrayBufferLike>();
  const cache = new BlockCache((path, at, into) => {
    t.equal(path, 'a');
    buffers.add(into.buffer);
    const part = bytes.subarray(at, at + into.length);
    into.set(part);
    return into.subarray(0, part.length);
  });
  t.ok(bytes.length > 2 * (4 << 20), 'more than twice the cached bytes');
  for (let n = 0; n < 3 * lines.length; n++) {
    const line = n < lines.length ? n : (n * 617) % lines.length;
    if (cache.line('a', from[line]!) !== lines[line]) t.fail(`line ${String(line)} differs`);
  }
  t.ok(buffers.size <= 256, 'no more memory is used than the cache holds');
  t.end();
});

void t.test('the last line of a file may lack its newline', (t) => {
  const bytes = Buffer.from('first\nlast');
  const cache = new BlockCache((_, at, into) => {
    into.set(bytes.subarray(at));
    return into.subarray(0, Math.max(0, bytes.length - at));
  });
  t.equal(cache.line('a', 6), 'last');
  t.equal(cache.line('a', 0), 'first');
  t.end();
});
