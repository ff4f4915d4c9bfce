import t from 'tap';
import { playInterleavings } from './play-interleavings.js';

void t.test('500 random interleavings keep the invariants', async (t) => {
  await playInterleavings(t, { first: 1, last: 500, computing: 'in turns' });
});
