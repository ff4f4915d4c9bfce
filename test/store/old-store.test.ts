import { chmodSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { findBatch, latestBatches } from '../../lib/inspect/find/find-batch.js';
import { findRun } from '../../lib/inspect/find/find-run.js';
import { nodePlatform } from '../../lib/platform/index.js';
import {
  openDiskStore,
  openStager,
  withArrival,
  type BatchRecord,
  type DiskStore,
  type RunRecord,
} from '../../lib/store/index.js';
import { sealRecord } from '../../lib/store/record-file.js';
import { sampleBatch } from './sample-batch.js';
import { sampleRun } from './sample-run.js';
import { runId } from '../ids.js';

const platform = nodePlatform();

/** Rewrites every record as older versions did, without later fields. */
async function makeOld(store: DiskStore, root: string): Promise<void> {
  for (const id of await store.runIds()) rewrite(join(root, 'runs', `${id}.json`), (await store.run(id))!);
  for (const id of await store.batchIds())
    rewrite(join(root, 'batches', `${id}.json`), (await store.batch(id))!);
  for (const name of readdirSync(join(root, 'cache'))) rmSync(join(root, 'cache', name));
}

function rewrite(path: string, record: RunRecord | BatchRecord): void {
  chmodSync(path, 0o644);
  writeFileSync(path, sealRecord(withArrival(record, undefined)));
}

void t.test('a store of the previous version keeps its names, batches and order', async (inner) => {
  const root = join(inner.testdir(), 'store');
  const store = await openDiskStore({ root, platform });
  const stager = openStager(store.stager, platform);
  const add = (id: string, name: string, day: number): Promise<void> =>
    store.publish(sampleRun(stager, { id, name, ended_at: `2025-01-0${String(day)}T00:00:00.000Z` }));
  await add('20250102000000000-00000000bb', 'ring[profile=cmp-1-0a1b2c3d]', 2);
  await add('20250101000000000-00000000aa', 'ring', 1);
  await add('20250103000000000-00000000cc', 'ring', 3);
  const outcome = { state: 'cached', result_digest: null, duration_ms: 0 } as const;
  const { input_key } = (await store.run(runId('20250101000000000-00000000aa')))!;
  await store.putBatch(
    sampleBatch({
      id: '20250104000000000-00000000dd',
      started_at: '2025-01-04T00:00:00.000Z',
      ended_at: '2025-01-04T00:00:01.000Z',
      outcomes: [{ ...outcome, name: 'ring', input_key, run: runId('20250101000000000-00000000aa') }],
    }),
  );
  await makeOld(store, root);
  await store.close();

  const later = await openDiskStore({ root, platform });
  const idOf = async (ref: string): Promise<string | undefined> => {
    const found = await findRun(later, ref);
    return found.ok ? found.value.id.slice(-2) : undefined;
  };
  inner.equal(await idOf('ring[profile=cmp-1-0a1b2c3d]'), 'bb', 'a name of the old scheme');
  inner.equal(await idOf('latest'), 'cc', 'by date, because the records have no arrival');
  inner.equal(await idOf('ring'), 'aa', 'the last batch used the cached run');
  inner.strictSame(
    (await latestBatches(later)).map(({ id, states }) => [id.slice(-2), states]),
    [['dd', { cached: 1 }]],
  );
  inner.match(await findBatch(later, 'latest'), { ok: true });
  const next = sampleRun(openStager(later.stager, platform), {
    id: '19700101000000000-00000000ee',
    name: 'ring',
    ended_at: '1970-01-01T00:00:00.000Z',
  });
  await later.publish(next);
  inner.equal(await idOf('latest'), 'ee', 'new records come after all of them');
  inner.equal(await idOf('ring'), 'ee');
  await later.close();
});
