import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { PendingTicks } from '../../lib/session/pending-ticks.js';

interface Held {
  readonly tick: number;
  readonly C_t: number;
  nap: string | null;
}

const umx = (tick: number): string => sha256(`umx ${String(tick)}`);
const loom = (tick: number): string => sha256(`loom ${String(tick)}`);
const chain = (tick: number): number => Number.MAX_SAFE_INTEGER - tick;

/** The queue beside a plain array with the same operations. */
class Pair {
  readonly queue = new PendingTicks();
  held: Held[] = [];
  #next = 1;

  push(count: number): void {
    for (; count > 0; count--) {
      const tick = this.#next++;
      this.queue.push(chain(tick), umx(tick), loom(tick));
      this.held.push({ tick, C_t: chain(tick), nap: null });
    }
  }

  drop(count: number): void {
    const last = this.held[Math.min(count, this.held.length) - 1];
    if (last === undefined) return;
    this.queue.dropThrough(last.tick);
    this.held = this.held.filter(({ tick }) => tick > last.tick);
  }

  setNap(position: number): void {
    const one = this.held[position % Math.max(this.held.length, 1)];
    if (one === undefined) return;
    one.nap = sha256(`nap ${String(one.tick)}`);
    this.queue.setNap(one.tick, one.nap);
  }

  agree(): void {
    for (const { tick, C_t, nap } of this.held) {
      assert.equal(this.queue.C_t(tick), C_t);
      assert.equal(this.queue.umx(tick), umx(tick));
      assert.equal(this.queue.loom(tick), loom(tick));
      if (nap !== null) assert.equal(this.queue.nap(tick), nap);
    }
  }
}

void t.test('the queue behaves like an array for random operations', (t) => {
  const step = fc.tuple(fc.constantFrom('push', 'drop', 'setNap'), fc.integer({ min: 1, max: 150 }));
  const property = fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
    const pair = new Pair();
    for (const [what, count] of steps) {
      if (what === 'push') pair.push(count);
      else if (what === 'drop') pair.drop(count);
      else pair.setNap(count);
      pair.agree();
    }
  });
  fc.assert(property, { seed: 81, numRuns: 150 });
  t.pass('150 histories');
  t.end();
});

void t.test('the queue is correct for a long stream with few pending ticks', (t) => {
  const pair = new Pair();
  pair.push(40);
  for (let n = 0; n < 1000; n++) {
    pair.push(1);
    pair.setNap(20);
    pair.drop(1);
  }
  pair.agree();
  t.equal(pair.held.length, 40);
  pair.drop(40);
  pair.push(3);
  pair.agree();
  t.equal(pair.held.length, 3);
  t.end();
});
