import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { draw } from '../../lib/config/sweep/draw.js';

void t.test('draws are distributed over the whole range', (inner) => {
  const counts = new Array<number>(7).fill(0);
  for (let index = 0; index < 7000; index++) counts[draw({ seed: 1, key: 'k' }, index, 7)]!++;
  for (const count of counts) inner.ok(count > 850 && count < 1150, `${String(count)} of about 1000`);
  inner.end();
});

void t.test('draws depend only on seed, key and index', (inner) => {
  inner.equal(draw({ seed: 1, key: 'k' }, 0, 1000), draw({ seed: 1, key: 'k' }, 0, 1000));
  const different = new Set([
    draw({ seed: 1, key: 'k' }, 0, 2 ** 40),
    draw({ seed: 2, key: 'k' }, 0, 2 ** 40),
    draw({ seed: 1, key: 'l' }, 0, 2 ** 40),
    draw({ seed: 1, key: 'k' }, 1, 2 ** 40),
  ]);
  inner.equal(different.size, 4);
  inner.equal(draw({ seed: 1, key: 'k' }, 5, 1), 0);
  inner.end();
});

void t.test('as many values as there are safe integers can be drawn from', (inner) => {
  const stream = { seed: 1, key: 'k' };
  const least = draw(stream, 0, 2 ** 52);
  inner.equal(least, Number.parseInt(sha256('["aether-draw/1",1,"k",0,0]').slice(0, 13), 16), 'all 52 bits');
  for (const count of [2 ** 52 + 1, Number.MAX_SAFE_INTEGER]) {
    const drawn = Array.from({ length: 200 }, (_, index) => draw(stream, index, count));
    inner.equal(new Set(drawn).size, 200);
    inner.ok(drawn.every((value) => Number.isSafeInteger(value) && value >= 0 && value < count));
    inner.ok(drawn.some((value) => value > count / 2) && drawn.some((value) => value < count / 2));
  }
  inner.throws(() => draw(stream, 0, 2 ** 53), { name: 'InvariantError' });
  inner.end();
});
