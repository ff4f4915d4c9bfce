import t from 'tap';
import { interleave, MortalWorkers } from './interleaving.js';
import { workerExecutor } from './service-in-process.js';

void t.test('random interleavings with real worker threads', { timeout: 290_000 }, async (t) => {
  await interleave(t, { first: 1, last: 50, workers: async () => new MortalWorkers(await workerExecutor()) });
});
