import t from 'tap';
import { playInterleavings } from './play-interleavings.js';

void t.test('random interleavings with real worker threads', async (t) => {
  await playInterleavings(t, { first: 1, last: 50, computing: 'on workers' });
});
