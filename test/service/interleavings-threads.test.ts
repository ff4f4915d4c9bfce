import t from 'tap';
import { playInterleavings } from './play-interleavings.js';

void t.test('random interleavings with worker threads keep the invariants', async (t) => {
  await playInterleavings(t, { first: 1, last: 50, computing: 'on workers' });
});
