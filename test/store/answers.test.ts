import { rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore, openStager } from '../../lib/store/index.js';
import { keyOf, sampleRun } from './sample-run.js';

void t.test(
  'a run whose writer died between its record and its ref still answers for its key',
  async (inner) => {
    const root = join(inner.testdir(), 'tree');
    const platform = nodePlatform();
    const store = await openDiskStore({ root, platform });
    const stager = openStager(store.stager, platform);
    for (const [id, answers] of [
      ['done', true],
      ['other', false],
    ] as const) {
      const run = sampleRun(stager, { id, name: id });
      await store.publish({ ...run, record: { ...run.record, answers }, cacheable: answers });
    }
    await store.close();
    const keys = { done: (await store.run('done'))!.input_key, other: (await store.run('other'))!.input_key };
    inner.not(keys.done, keyOf('nobody'));
    rmSync(join(root, 'refs/keys', keys.done));
    const later = await openDiskStore({ root, platform, mode: 'read' });
    inner.equal((await later.runForKey(keys.done))?.id, 'done');
    inner.equal(
      await later.runForKey(keys.other),
      undefined,
      'what never stood for its key does not begin to',
    );
    inner.equal(await later.runForKey(keyOf('nobody')), undefined);
    await later.close();
  },
);
