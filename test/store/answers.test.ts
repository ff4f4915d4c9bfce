import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore, openStager } from '../../lib/store/index.js';
import { keyOf, sampleRun } from './sample-run.js';
import { runId } from '../ids.js';

void t.test(
  'a run whose writer died before its ref was written is still current for its key',
  async (inner) => {
    const root = join(inner.testdir(), 'tree');
    const platform = nodePlatform();
    const store = await openDiskStore({ root, platform });
    const stager = openStager(store.stager, platform);
    await store.publish(sampleRun(stager, { id: 'done', name: 'done', answers: true }));
    await store.publish(sampleRun(stager, { id: 'other', name: 'other', answers: false }));
    await store.close();
    const keys = {
      done: (await store.run(runId('done')))!.input_key,
      other: (await store.run(runId('other')))!.input_key,
    };
    inner.not(keys.done, keyOf('nobody'));
    rmSync(join(root, 'refs/keys', keys.done));
    const later = await openDiskStore({ root, platform, mode: 'read' });
    inner.equal((await later.runForKey(keys.done))?.id, 'done');
    inner.equal(await later.runForKey(keys.other), undefined, 'a run that was never the result of its key');
    inner.equal(await later.runForKey(keyOf('nobody')), undefined);
    await later.close();
  },
);

void t.test('without a ref, a full run is preferred to newer compact ones', async (inner) => {
  const root = join(inner.testdir(), 'tree');
  const platform = nodePlatform();
  const store = await openDiskStore({ root, platform });
  const stager = openStager(store.stager, platform);
  for (const [id, stored] of [
    ['r1', true],
    ['r2', true],
    ['r3', false],
  ] as const) {
    await store.publish(sampleRun(stager, { id, key: 'k', stored, answers: true }));
  }
  await store.close();
  rmSync(join(root, 'refs/keys', keyOf('k')));
  const later = await openDiskStore({ root, platform, mode: 'read' });
  inner.equal((await later.runForKey(keyOf('k')))?.id, 'r2');
  await later.close();
});

void t.test('a ref that names a run of another key counts as missing', async (inner) => {
  const root = join(inner.testdir(), 'tree');
  const platform = nodePlatform();
  const store = await openDiskStore({ root, platform });
  const stager = openStager(store.stager, platform);
  await store.publish(sampleRun(stager, { id: 'done', key: 'k', answers: true }));
  await store.publish(sampleRun(stager, { id: 'other', key: 'k', answers: false }));
  await store.close();
  writeFileSync(join(root, 'refs/keys', keyOf('k')), 'other\n');
  const later = await openDiskStore({ root, platform });
  inner.equal((await later.runForKey(keyOf('k')))?.id, 'done');
  const compact = sampleRun(openStager(later.stager, platform), { id: 'c1', key: 'k', stored: false });
  await later.publish({ ...compact, imported: true });
  inner.equal((await later.runForKey(keyOf('k')))?.id, 'c1', 'the key is free');
  await later.close();
});
