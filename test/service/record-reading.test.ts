import { join } from 'node:path';
import t from 'tap';
import { goldenTree } from '../../lib/cli/golden/golden-context.js';
import { askedElsewhere, capturedRun, captureGolden } from '../../lib/golden/index.js';
import { nodeDocumentFiles, nodePlatform, systemClock } from '../../lib/platform/index.js';
import { ServiceGoldens } from '../../lib/service/index.js';
import { ReadingThread } from '../../lib/service/reading/reading-thread.js';
import type { RunRecords } from '../../lib/service/records/run-records.js';
import type {
  GoldenDiff,
  PillarStatus,
  ProblemDocument,
  Series,
  Topology,
} from '../../lib/service/wire/index.js';
import { openDiskStore } from '../../lib/store/index.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun } from '../inspect/sample-store.js';
import { ApiClient } from './api-client.js';
import { changedStore } from './changed-store.js';
import { openService } from './service-in-process.js';

void t.test('inputs and records of finished runs are read on a separate thread', async (t) => {
  const { service, store } = await openService(t, async ({ directory }) => {
    const root = join(directory, 'tree');
    const disk = await openDiskStore({ root, platform: nodePlatform() });
    const inputs = sampleInputs({ ticks: 8, every: 8 });
    await keepRun(disk, inputs, { id: '20250101-one', name: 'ring[n=1]' });
    await keepRun(disk, inputs, { id: '20250102-two', name: 'ring[n=2]', retain: 'compact' });
    const tree = goldenTree(join(directory, 'golden'));
    const other = await keepRun(disk, sampleInputs({ ticks: 8, every: 4 }), { id: '20250103-other' });
    const about = { name: 'ring[n=1]', scenario: 'ring', manifest: null, accepted: null };
    await tree.write(tree.directoryOf(about.name), await captureGolden(capturedRun(disk, other), about));
    const blob = (): Promise<never> => Promise.reject(new Error('read on the thread that answers requests'));
    const entry = new URL('../../lib/cli/commands/serve/records-worker.js', import.meta.url);
    const recordsThread = await ReadingThread.start<RunRecords>({
      entry,
      data: { root, golden: join(directory, 'golden') },
      reads: 'records',
    });
    const store = changedStore(disk, { blob });
    const elsewhere = askedElsewhere(tree, nodeDocumentFiles);
    const goldens = new ServiceGoldens({
      tree,
      store,
      records: recordsThread,
      elsewhere,
      clock: systemClock,
      read_only: true,
    });
    return { store, recordsThread, goldens };
  });
  await t.rejects(store.blob('' as never), 'the store of the service reads no records');
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
  const series = await api.get('/series?selector=ring*&metric=sum_u&format=json');
  t.equal((series.body as unknown[]).length, 16, 'one row for each tick of both runs');
  const bundle = await fetch(`${service.url}/history/20250101-one/export?format=tar`);
  t.equal(bundle.status, 200);
  t.ok((await bundle.arrayBuffer()).byteLength > 10_000);
  const diff = (await api.get<GoldenDiff>('/goldens/ring%5Bn=1%5D/diff')).body;
  t.match(diff, { state: 'differs', run_id: '20250101-one', details: { left_out: [] } });
  const none = await api.get<ProblemDocument>('/runs/20250101-one/ticks/99');
  t.match(none.body, { code: 'unknown-record' }, 'a refusal is passed between threads');
});
