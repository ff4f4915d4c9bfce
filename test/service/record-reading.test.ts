import { join } from 'node:path';
import t from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { ReadingThread } from '../../lib/service/documents/reading-thread.js';
import type { RunRecords } from '../../lib/service/records/run-records.js';
import type { PillarStatus, ProblemDocument, Series, Topology } from '../../lib/service/wire/index.js';
import { openDiskStore } from '../../lib/store/index.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun } from '../inspect/sample-store.js';
import { ApiClient } from './api-client.js';
import { changedStore } from './changed-store.js';
import { openService } from './service-in-process.js';

void t.test('inputs and records of finished runs are read on a thread of their own', async (t) => {
  const { service, store } = await openService(t, async ({ directory }) => {
    const root = join(directory, 'tree');
    const disk = await openDiskStore({ root, platform: nodePlatform() });
    const inputs = sampleInputs({ ticks: 8, every: 8 });
    await keepRun(disk, inputs, { id: '20250101-one', name: 'ring[n=1]' });
    await keepRun(disk, inputs, { id: '20250102-two', name: 'ring[n=2]', retain: 'compact' });
    const blob = (): Promise<never> => Promise.reject(new Error('read on the thread that answers requests'));
    const entry = new URL('../../lib/cli/commands/serve/records-worker.js', import.meta.url);
    const recordsThread = await ReadingThread.start<RunRecords>({ entry, data: { root }, reads: 'records' });
    return { store: changedStore(disk, { blob }), recordsThread };
  });
  await t.rejects(store.blob('' as never), 'the store of the service reads none');
  const api = await ApiClient.open(service.url);
  for (const run of ['20250101-one', '20250102-two']) {
    for (const path of ['ticks/3', 'state', 'windows', 'topology?tick=2', 'ledger/2/verify'])
      t.equal((await api.get(`/runs/${run}/${path}`)).status, 200, `${run} ${path}`);
    t.equal((await api.get<Series>(`/runs/${run}/series?metric=sum_u`)).body.ticks.length, 8);
    const cards = (await api.get<PillarStatus[]>(`/runs/${run}/pillars`)).body;
    t.ok(cards.every(({ status }) => status === 'idle'));
    t.ok((await api.get<Topology>(`/runs/${run}/topology`)).body.edges.length > 0);
  }
  const both = await api.get('/compare?a=20250101-one&b=20250102-two');
  t.match(both.body, { a: '20250101-one', b: '20250102-two', equal: true });
  const none = await api.get<ProblemDocument>('/runs/20250101-one/ticks/99');
  t.match(none.body, { code: 'unknown-record' }, 'a refusal crosses the threads');
});
