import t from 'tap';
import { playInterleavings } from './play-interleavings.js';

void t.test('500 more random interleavings keep the invariants', async (t) => {
  await playInterleavings(t, { first: 501, last: 1000, computing: 'in turns' });
});
