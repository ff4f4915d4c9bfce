import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { earlyWorkers } from '../../lib/cli/commands/batch/workers.js';
import type { BatchArguments } from '../../lib/cli/commands/batch/options.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore } from '../../lib/store/index.js';

void t.test('threads start before the plan only if something will be executed', async (inner) => {
  const store = join(inner.testdir(), 'artefacts');
  const started = async (args: Partial<BatchArguments>): Promise<boolean> => {
    const workers = await earlyWorkers({ store, jobs: 3, ...args } as BatchArguments);
    if (workers !== undefined) inner.equal(workers.slots, 3);
    await workers?.close();
    await workers?.close();
    return workers !== undefined;
  };
  const isPossible = availableParallelism() > 1;
  inner.equal(await started({}), isPossible, 'no results yet');
  inner.equal(await started({ 'dry-run': true }), false);
  inner.equal(await started({ list: true }), false);
  await (await openDiskStore({ root: store, platform: nodePlatform() })).close();
  inner.equal(await started({}), false, 'all may be cached');
  inner.equal(await started({ force: true }), isPossible);
  await inner.rejects(started({ force: true, jobs: 100_000 }), { message: /at most/ });
});
