import t from 'tap';
import type {
  BatchDetail,
  BatchSummaryEntry,
  DiagnosticProfileInfo,
  DiagnosticRun,
  HistoryEntry,
  ProblemDocument,
  RunStatus,
} from '../../lib/service/wire/index.js';
import type { TreePlatform } from '../../lib/base/ports.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { Service } from '../../lib/service/index.js';
import { ApiClient, until, type Answer } from './api-client.js';
import { Barrier } from './barrier.js';
import { openService, serviceOptions } from './service-in-process.js';

const SHORT = ['quick', 'faulty', 'governed', 'sweep'];

void t.test('a batch has the plan and reasons of the planner, and its runs are history', async (t) => {
  const { service, directory, store } = await openService(t);
  const api = await ApiClient.open(service.url);
  const plan = (await api.post<BatchDetail>('/batches', { scenarios: SHORT, dry_run: true })).body;
  t.strictSame(
    plan.runs.map(({ name, reason }) => [name, reason!['why']]),
    [
      ['faulty', 'new'],
      ['governed', 'new'],
      ['quick', 'new'],
      ['sweep[ticks=8]', 'new'],
      ['sweep[ticks=16]', 'new'],
    ],
  );
  t.strictSame((await api.get<BatchSummaryEntry[]>('/batches')).body, []);
  const started = await api.post<BatchDetail>('/batches', { scenarios: SHORT });
  t.equal(started.status, 201);
  const id = started.body.batch_id;
  const over = (client: ApiClient, batch: string): Promise<BatchDetail> =>
    until(
      async () => (await client.get<BatchDetail>(`/batches/${batch}`)).body,
      ({ state }) => state !== 'running',
    );
  const ended = await over(api, id);
  t.match(ended, { state: 'completed', total: 5, done: 5, cached: 0, failed: 0 });
  const history = await until(
    async () => (await api.get<HistoryEntry[]>('/history')).body,
    (list) => list.length === 5,
  );
  t.strictSame(new Set(ended.runs.map(({ run_id }) => run_id)), new Set(history.map(({ run_id }) => run_id)));
  const second = await api.post<BatchDetail>('/batches', { tags: ['ring'] });
  t.match(await over(api, second.body.batch_id), { state: 'completed', total: 1, cached: 1 });
  t.strictSame(
    (await api.get<BatchSummaryEntry[]>('/batches')).body.map(({ batch_id }) => batch_id),
    [second.body.batch_id, id],
  );
  await service.close();
  const again = await Service.start(await serviceOptions(directory, { store }));
  const later = await ApiClient.open(again.url);
  t.match((await later.get<BatchDetail>(`/batches/${id}`)).body, { state: 'completed', failed: 0, total: 5 });
  await again.close();
});

void t.test('a batch is stopped, and not started beside a run', async (t) => {
  const { service } = await openService(t);
  const api = await ApiClient.open(service.url);
  const begun = await api.post<BatchDetail>('/batches', { scenarios: ['endless', 'quick'] });
  t.equal(begun.status, 201, begun.text);
  const { batch_id } = begun.body;
  t.match((await api.post<ProblemDocument>('/runs', { scenario_id: 'quick' })).body, {
    code: 'run-active',
    run_id: batch_id,
  });
  t.match((await api.post<ProblemDocument>('/batches', { scenarios: ['quick'] })).body, {
    code: 'run-active',
  });
  t.match((await api.post<ProblemDocument>('/diagnostics', { profile: 'SMOKE' })).body, {
    code: 'run-active',
  });
  await until(
    async () => (await api.get<BatchDetail>(`/batches/${batch_id}`)).body,
    ({ runs }) => runs.some(({ ticks_completed }) => ticks_completed > 0),
  );
  const stopped = (await api.post<BatchDetail>(`/batches/${batch_id}/stop`)).body;
  t.equal(stopped.state, 'cancelled');
  t.match((await api.post<ProblemDocument>(`/batches/${batch_id}/stop`)).body, { code: 'batch-not-active' });
  t.equal((await api.post<ProblemDocument>('/batches/unknown/stop')).body.code, 'unknown-batch');
  const run = (await api.post<RunStatus>('/runs', { scenario_id: 'endless' })).body;
  t.match((await api.post<ProblemDocument>('/batches', { scenarios: ['quick'] })).body, {
    code: 'run-active',
    run_id: run.run_id,
  });
  await api.post(`/runs/${run.run_id}/stop`);
  const none = await api.post<ProblemDocument>('/batches', { scenarios: ['nothing-of-that-name'] });
  t.match(none.body, { code: 'unknown-selection', errors: [{ pointer: '/scenarios/0' }] });
  t.equal(
    (
      await api.post<BatchDetail>('/batches', {
        manifests: ['service-tests'],
        tags: ['tiny-ones'],
        dry_run: true,
      })
    ).body.total,
    1,
  );
});

const judged = (api: ApiClient, id: string): Promise<DiagnosticRun> =>
  until(
    async () => (await api.get<DiagnosticRun>(`/diagnostics/${id}`)).body,
    ({ state }) => !['PENDING', 'RUNNING'].includes(state),
  );

void t.test('diagnostics report each check with its outcome and runs', async (t) => {
  const { service, directory, store } = await openService(t);
  const api = await ApiClient.open(service.url);
  const profiles = (await api.get<DiagnosticProfileInfo[]>('/diagnostics/profiles')).body;
  t.strictSame(
    profiles.map(({ profile }) => profile),
    ['SMOKE', 'SELF_CHECK', 'FULL_SUITE'],
  );
  const started = await api.post<DiagnosticRun>('/diagnostics', { profile: 'SMOKE' });
  t.equal(started.status, 201);
  const smoke = await judged(api, started.body.id);
  t.equal(smoke.state, 'PASSED');
  t.ok(smoke.checks.every(({ status, message }) => status === 'PASSED' && message !== ''));
  const [run] = smoke.checks[1]!.run_ids;
  t.equal((await api.get<RunStatus>(`/runs/${run!}`)).body.state, 'completed');
  const check = await judged(
    api,
    (await api.post<DiagnosticRun>('/diagnostics', { profile: 'SELF_CHECK' })).body.id,
  );
  t.equal(check.state, 'PASSED');
  const published = check.checks.find(({ name }) => name === 'published numbers')!;
  t.equal(published.status, 'ABORTED', 'the check does not pass without a reference scenario');
  await service.close();
  const again = await Service.start(await serviceOptions(directory, { store }));
  const later = await ApiClient.open(again.url);
  t.strictSame(
    (await later.get<DiagnosticRun[]>('/diagnostics')).body.map(({ id }) => id),
    [check.id, smoke.id],
  );
  t.strictSame((await later.get<DiagnosticRun>(`/diagnostics/${smoke.id}`)).body, smoke);
  await again.close();
});

void t.test('the store sample reports a damaged artefact', async (t) => {
  const { service, store } = await openService(t);
  const api = await ApiClient.open(service.url);
  await judged(api, (await api.post<DiagnosticRun>('/diagnostics', { profile: 'SMOKE' })).body.id);
  const [id] = await store.runIds();
  const artefact = (await store.run(id!))!.artefacts.find(({ kind }) => kind === 'u_ledger')!;
  const { chmodSync, writeFileSync } = await import('node:fs');
  const { join } = await import('node:path');
  const digest = artefact.chunks[0]!.digest;
  const path = join(store.location, 'blobs/sha256', digest.slice(0, 2), digest.slice(2));
  chmodSync(path, 0o644);
  writeFileSync(path, 'something else');
  const check = await judged(
    api,
    (await api.post<DiagnosticRun>('/diagnostics', { profile: 'SELF_CHECK' })).body.id,
  );
  t.equal(check.state, 'FAILED');
  const sample = check.checks.find(({ name }) => name === 'store sample')!;
  t.match(sample, { status: 'FAILED', message: /does not match its digest/ });
  const damaged = await api.get<ProblemDocument>(`/runs/${id!}/ledger`);
  t.match(damaged.body, { status: 503, code: 'store-problem' });
  t.notMatch(damaged.text, store.location);
});

void t.test('diagnostics can start as soon as a verdict is visible, even on a slow disk', async (t) => {
  const { service } = await openService(t, { platform: slowToSync(nodePlatform()) });
  const api = await ApiClient.open(service.url);
  for (const attempt of [1, 2]) {
    const started = await api.post<DiagnosticRun>('/diagnostics', { profile: 'SMOKE' });
    t.equal(started.status, 201, `start ${String(attempt)}`);
    t.equal((await judged(api, started.body.id)).state, 'PASSED');
  }
});

void t.test('diagnostics are refused while a run is being started', async (t) => {
  let begun = (): void => undefined;
  const platform = slowToSync(nodePlatform(), () => begun());
  const { service } = await openService(t, { platform, max_active: 2 });
  const api = await ApiClient.open(service.url);
  const starting = new Promise<void>((resolve) => (begun = resolve));
  const run = api.post<RunStatus>('/runs', { scenario_id: 'endless' });
  await starting;
  const diagnostics = await api.post<ProblemDocument>('/diagnostics', { profile: 'SMOKE' });
  t.match(diagnostics.body, { status: 409, code: 'run-active' });
  const { status, body } = await run;
  t.equal(status, 201);
  await api.post(`/runs/${body.run_id}/stop`);
});

void t.test('a run that is being started beside a batch counts as active', async (t) => {
  const barriers = [new Barrier(), new Barrier()] as const;
  const held = [...barriers];
  let isHeldUp = false;
  const platform = nodePlatform();
  const sync = async (path: string): Promise<void> => {
    // Waits only for the files of the service; the batch continues.
    if (isHeldUp && path.includes('.service')) await held.shift()?.pass();
    await platform.files.sync(path);
  };
  const { service } = await openService(t, {
    platform: { ...platform, files: { ...platform.files, sync } },
    max_active: 2,
  });
  const api = await ApiClient.open(service.url);
  const { batch_id } = (await api.post<BatchDetail>('/batches', { scenarios: ['endless'] })).body;
  isHeldUp = true;
  const first = api.post<RunStatus>('/runs', { scenario_id: 'quick' });
  await barriers[0].reached;
  const second = api.post<ProblemDocument>('/runs', { scenario_id: 'quick' });
  await Promise.race([second, barriers[1].reached]);
  for (const barrier of barriers) barrier.open();
  t.match(await second, { status: 409, body: { code: 'run-active', run_id: batch_id } });
  t.equal((await first).status, 201);
  await api.post(`/batches/${batch_id}/stop`);
});

/** A file system with slow syncs; `onSync` is called for each. */
function slowToSync(platform: TreePlatform, onSync: () => void = () => undefined): TreePlatform {
  const { files } = platform;
  const sync = async (path: string): Promise<void> => {
    onSync();
    await files.sync(path);
    await new Promise((resolve) => setTimeout(resolve, 100));
  };
  return { ...platform, files: { ...files, sync } };
}

void t.test('diagnostics are refused beside runs and batches', async (t) => {
  const { service } = await openService(t);
  const api = await ApiClient.open(service.url);
  const { run_id } = (await api.post<RunStatus>('/runs', { scenario_id: 'endless' })).body;
  t.match((await api.post<ProblemDocument>('/diagnostics', { profile: 'SMOKE' })).body, {
    status: 409,
    code: 'run-active',
    run_id,
  });
  await api.post(`/runs/${run_id}/stop`);
  const start = (): Promise<Answer<DiagnosticRun & ProblemDocument>> =>
    api.post('/diagnostics', { profile: 'SMOKE' });
  // Of two simultaneous requests, either may arrive first.
  const answers = await Promise.all([start(), start()]);
  const [taken, refused] = answers.sort((a, b) => a.status - b.status);
  t.equal(taken!.status, 201);
  t.match(refused!.body, { status: 409, code: 'diagnostics-active', run_id: taken!.body.id });
  await judged(api, taken!.body.id);
});
