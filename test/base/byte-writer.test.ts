import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { ByteWriter, putInt } from '../../lib/base/byte-writer.js';
import { anyCharacter } from './any-character.js';

const MAX = Number.MAX_SAFE_INTEGER;

function printed(value: number): string {
  const out = new Uint8Array(20).fill(0x23);
  const end = putInt(out, 2, value);
  const around = [...out.subarray(0, 2), ...out.subarray(end)];
  assert.ok(
    around.every((b) => b === 0x23),
    'other bytes are unchanged',
  );
  return Buffer.from(out.subarray(2, end)).toString('latin1');
}

void t.test('putInt prints like String around every change of length and path', (t) => {
  const edges = [0, 1, 2 ** 31, 2 ** 32, 4294967295e6, MAX];
  for (let power = 1; power <= 15; power++) edges.push(10 ** power);
  for (const edge of edges) {
    for (const n of [edge - 1, edge, edge + 1]) {
      if (Math.abs(n) > MAX) continue;
      t.equal(printed(n), String(n));
      t.equal(printed(-n), n === 0 ? '0' : String(-n));
    }
  }
  t.end();
});

void t.test('putInt prints like String for random integers', (t) => {
  const scaled = fc
    .tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 15 }))
    .map(([n, p]) => Math.trunc(n / 10 ** p) + 0);
  fc.assert(
    fc.property(scaled, (n) => printed(n) === String(n)),
    { seed: 31, numRuns: 3000 },
  );
  t.pass('3000 values');
  t.end();
});

void t.test('a writer that grows keeps all bytes', (t) => {
  const step = fc.oneof(
    fc.maxSafeInteger().map((int) => ({ int })),
    fc.string({ unit: anyCharacter }).map((text) => ({ text })),
    fc.string({ unit: 'grapheme-ascii', maxLength: 200 }).map((ascii) => ({ ascii })),
    fc.uint8Array({ maxLength: 300 }).map((raw) => ({ raw })),
    fc.integer({ min: 0, max: 255 }).map((byte) => ({ byte })),
  );
  const property = fc.property(
    fc.integer({ min: 1, max: 40 }),
    fc.array(step, { maxLength: 40 }),
    (capacity, steps) => {
      const writer = new ByteWriter(capacity);
      const parts: Buffer[] = [];
      for (const one of steps) parts.push(write(writer, one));
      const whole = Buffer.concat(parts);
      const half = Math.floor(whole.length / 2);
      return (
        writer.length === whole.length &&
        whole.equals(writer.view()) &&
        whole.subarray(half).equals(writer.view(half)) &&
        whole.equals(writer.bytes.subarray(0, writer.length))
      );
    },
  );
  fc.assert(property, { seed: 32, numRuns: 250 });
  t.pass('250 writers');
  t.end();
});

void t.test('reset empties the writer and keeps its buffer', (t) => {
  const writer = new ByteWriter(8);
  writer.text('ünïcödé and more');
  writer.reset();
  t.equal(writer.length, 0);
  writer.int(-0);
  t.equal(Buffer.from(writer.view()).toString(), '0');
  t.end();
});

interface Step {
  readonly int?: number;
  readonly text?: string;
  readonly ascii?: string;
  readonly raw?: Uint8Array;
  readonly byte?: number;
}

/** Writes one step and returns the bytes it should have added. */
function write(writer: ByteWriter, { int, text, ascii, raw, byte }: Step): Buffer {
  if (int !== undefined) {
    writer.int(int);
    return Buffer.from(String(int + 0));
  }
  if (text !== undefined) {
    writer.text(text);
    return Buffer.from(text, 'utf8');
  }
  if (ascii !== undefined) {
    writer.ascii(ascii);
    return Buffer.from(ascii, 'latin1');
  }
  if (raw !== undefined) {
    writer.raw(raw);
    return Buffer.from(raw);
  }
  writer.byte(byte!);
  return Buffer.from([byte!]);
}
