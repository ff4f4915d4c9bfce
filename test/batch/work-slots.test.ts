import t from 'tap';
import { WorkSlots, type WorkKind } from '../../lib/batch/execute/work-slots.js';

const FRESH: WorkKind = { isBegun: false, isQuick: false };
const QUICK: WorkKind = { isBegun: false, isQuick: true };
const BEGUN: WorkKind = { isBegun: true, isQuick: false };

/** Work that ends on request, and records its start. */
class Bench {
  readonly began: string[] = [];
  readonly #ends = new Map<string, () => void>();

  work(name: string): () => Promise<void> {
    return () => {
      this.began.push(name);
      return new Promise((resolve) => this.#ends.set(name, resolve));
    };
  }

  async end(name: string): Promise<void> {
    this.#ends.get(name)!();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

void t.test('work starts in order up to the limit, and started work takes precedence', async (t) => {
  const slots = new WorkSlots(2, 1);
  const bench = new Bench();
  for (const name of ['a', 'b', 'c', 'd']) void slots.enter(bench.work(name), FRESH);
  void slots.enter(bench.work('again'), BEGUN);
  t.strictSame(bench.began, ['a', 'b']);
  await bench.end('b');
  t.strictSame(bench.began, ['a', 'b', 'again']);
  await bench.end('a');
  t.strictSame(bench.began, ['a', 'b', 'again', 'c']);
});

void t.test('quick pieces share a slot, a whole one waits for a free slot', async (t) => {
  const slots = new WorkSlots(1, 3);
  const bench = new Bench();
  for (const name of ['q1', 'q2']) void slots.enter(bench.work(name), QUICK);
  void slots.enter(bench.work('whole'), FRESH);
  void slots.enter(bench.work('q3'), QUICK);
  t.strictSame(bench.began, ['q1', 'q2'], 'later work does not overtake the waiting one');
  await bench.end('q1');
  await bench.end('q2');
  t.strictSame(bench.began, ['q1', 'q2', 'whole']);
  await bench.end('whole');
  t.strictSame(bench.began, ['q1', 'q2', 'whole', 'q3']);
});

void t.test('failed work releases its slot', async (t) => {
  const slots = new WorkSlots(1, 1);
  await t.rejects(
    slots.enter(() => Promise.reject(new Error('no')), FRESH),
    { message: 'no' },
  );
  t.equal(await slots.enter(() => Promise.resolve(7), FRESH), 7);
});
