import t from 'tap';
import { interleave, MortalThread } from './interleaving.js';

void t.test('500 more random interleavings', { timeout: 290_000 }, async (t) => {
  const workers = (platform: ConstructorParameters<typeof MortalThread>[0]) =>
    Promise.resolve(new MortalThread(platform));
  await interleave(t, { first: 501, last: 1000, workers });
});
