import t from 'tap';
import { draw } from '../../lib/config/sweep/draw.js';

void t.test('draws are spread over the whole span', (inner) => {
  const counts = new Array<number>(7).fill(0);
  for (let index = 0; index < 7000; index++) counts[draw({ seed: 1, key: 'k' }, index, 7)]!++;
  for (const count of counts) inner.ok(count > 850 && count < 1150, `${String(count)} of about 1000`);
  inner.end();
});

void t.test('draws depend on seed, key and index alone', (inner) => {
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
