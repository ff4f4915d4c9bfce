import { join } from 'node:path';
import t, { type Test } from 'tap';
import { goldenTree } from '../../lib/cli/golden/golden-context.js';
import { nodePlatform, systemClock } from '../../lib/platform/index.js';
import { ServiceGoldens } from '../../lib/service/index.js';
import type { BatchDetail, BatchSummaryEntry, GoldenStatus } from '../../lib/service/wire/index.js';
import { openDiskStore, type ArtefactStore } from '../../lib/store/index.js';
import { ApiClient, until } from './api-client.js';
import { MANIFEST, writeDocuments } from './service-documents.js';
import { readGoldensHere } from './read-goldens-here.js';
import { openService, workerExecutor } from './service-in-process.js';

const WITH_GOLDEN = MANIFEST.replace('    tags: [tiny-ones', '    golden: true\n    tags: [tiny-ones');

interface Opened {
  readonly api: ApiClient;
  readonly store: ArtefactStore;
}

async function open(t: Test): Promise<Opened> {
  const opened = await openService(t, async ({ directory }) => {
    writeDocuments(directory, WITH_GOLDEN);
    const store = await openDiskStore({ root: join(directory, 'tree'), platform: nodePlatform() });
    const tree = goldenTree(join(directory, 'golden'));
    return {
      goldens: new ServiceGoldens({
        tree,
        store,
        clock: systemClock,
        ...readGoldensHere(tree, store),
        read_only: false,
      }),
      store,
      startBatchExecutor: () => workerExecutor(2),
    };
  });
  return { api: await ApiClient.open(opened.service.url), store: opened.store };
}

async function finished(api: ApiClient, scenarios: readonly string[]): Promise<BatchDetail> {
  const { batch_id } = (await api.post<BatchDetail>('/batches', { scenarios })).body;
  return until(
    async () => (await api.get<BatchDetail>(`/batches/${batch_id}`)).body,
    ({ state }) => state !== 'running',
  );
}

async function gauges(api: ApiClient): Promise<string> {
  const { text } = await api.get('/metrics');
  return text
    .split('\n')
    .filter((line) => line.startsWith('aether_last_batch') || line.startsWith('aether_batch'))
    .join('\n');
}

void t.test('a batch of the service compares with goldens, and all views show its verdict', async (t) => {
  const { api, store } = await open(t);
  t.notMatch(await gauges(api), /^aether_last_batch_ok /m, 'there is no batch yet');
  const bad = await finished(api, ['quick', 'faulty']);
  t.match(bad, {
    state: 'failed',
    done: 2,
    failed: 0,
    counts: { completed: 1, faulted_as_expected: 1, failed: 0 },
    verdict: { ok: false, goldens: { scope: 'judged', wanted: 1, missing: 1 } },
    golden_issues: [{ name: 'quick', code: 'GOLDEN_MISSING', ok: false }],
  });
  t.match(
    bad.runs.map(({ name, state, ok }) => [name, state, ok]),
    [
      ['faulty', 'faulted', true],
      ['quick', 'completed', true],
    ],
  );
  const record = (await store.batch(bad.batch_id))!;
  t.match(
    record.outcomes.map(({ name, golden }) => [name, golden]),
    [
      ['faulty', null],
      ['quick', 'GOLDEN_MISSING'],
    ],
    'also in the record of each run',
  );
  t.match(await gauges(api), /^aether_last_batch_ok 0$/m);
  t.match(await gauges(api), /^aether_last_batch_goldens\{state="missing"\} 1$/m);
  t.match(await gauges(api), /^aether_last_batch_runs\{state="faulted_as_expected"\} 1$/m);
  t.match(await gauges(api), /^aether_batches_total\{verdict="not_ok"\} 1$/m);
  const [listed] = (await api.get<BatchSummaryEntry[]>('/batches')).body;
  t.match(listed, { state: 'failed', verdict: { ok: false } });
  t.match((await store.batch(bad.batch_id))!.verdict, { ok: false, goldens: { missing: 1 } });
});

void t.test('a recorded batch is shown unchanged after a restart of the service', async (t) => {
  const { api, store } = await open(t);
  const { batch_id } = (
    await api.post<BatchDetail>('/batches', { scenarios: ['endless', 'faulty', 'quick'] })
  ).body;
  await until(
    async () => (await api.get<BatchDetail>(`/batches/${batch_id}`)).body,
    ({ done, counts }) => done === 2 && counts.running === 1,
  );
  const live = (await api.post<BatchDetail>(`/batches/${batch_id}/stop`)).body;
  t.match(live, {
    state: 'cancelled',
    total: 3,
    done: 2,
    failed: 0,
    counts: { completed: 1, faulted_as_expected: 1, cancelled: 1, not_started: 0 },
    verdict: { ok: false, stopped_by: 'interrupted' },
  });
  // Another batch replaces it, so that the first is read from its record.
  await finished(api, ['faulty']);
  const recorded = (await api.get<BatchDetail>(`/batches/${batch_id}`)).body;
  for (const field of ['state', 'total', 'done', 'cached', 'failed', 'counts', 'verdict'] as const) {
    t.strictSame(recorded[field], live[field], field);
  }
  const facts = ({ runs }: BatchDetail) =>
    runs.map(({ name, state, ok, run_id }) => [name, state, ok, run_id]);
  t.strictSame(facts(recorded), facts(live));
  const { verdict: _, outcomes, ...older } = (await store.batch(batch_id))!;
  await store.putBatch({
    ...older,
    id: 'older',
    outcomes: outcomes.map(
      ({ ok: __, failure: ___, ticks_completed: ____, ticks_total: _____, ...rest }) => rest,
    ),
  });
  t.match((await api.get<BatchDetail>('/batches/older')).body, {
    state: 'cancelled',
    done: 2,
    failed: 0,
    counts: { completed: 1, faulted_as_expected: 1, cancelled: 1 },
    verdict: { goldens: { scope: 'not_recorded' } },
  });
});

void t.test('accepted goldens make the next batch ok, and the metrics change with it', async (t) => {
  const { api } = await open(t);
  const { runs } = await finished(api, ['quick']);
  const { run_id } = runs[0]!;
  const path = '/goldens/quick';
  const { headers } = await api.get(`${path}/diff`);
  const etag = headers.get('etag');
  const accepted = await api.post<GoldenStatus>(
    `${path}/accept`,
    etag === null ? { reason: 'first' } : { reason: 'first', run_id },
    etag === null ? {} : { 'if-match': etag },
  );
  t.equal(accepted.status, 200);
  t.match(await finished(api, ['quick']), {
    state: 'completed',
    cached: 1,
    verdict: { ok: true, reasons: [], goldens: { agree: 1, missing: 0 } },
    golden_issues: [],
  });
  t.match(await gauges(api), /^aether_last_batch_ok 1$/m);
  t.match(await gauges(api), /^aether_batch_goldens_total\{state="agree"\} 1$/m);
});
