import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { AetherError } from '../../lib/base/errors.js';
import type { Executor } from '../../lib/execution/executor.js';
import { nodePlatform } from '../../lib/platform/index.js';
import type {
  GovernanceSnapshot,
  HistoryDetail,
  LogPage,
  OperatorState,
  PillarStatus,
  ProblemDocument,
  RunStatus,
  Series,
} from '../../lib/service/wire/index.js';
import { MemoryStore, openDiskStore, verifyStore, type ArtefactStore } from '../../lib/store/index.js';
import type { RunRecord } from '../../lib/store/record-types.js';
import { ApiClient, until } from './api-client.js';
import { changedStore } from './changed-store.js';
import { MANIFEST, writeDocuments } from './service-documents.js';
import { inProcessExecutor, openService, workerExecutor } from './service-in-process.js';
import { recordStatus } from '../../lib/service/runs/record-status.js';
import { startService } from './service-process.js';
import { temporary } from './temporary.js';
import { runId } from '../ids.js';

async function process(t: Test, args: readonly string[] = []) {
  const { directory, atEnd } = temporary(t);
  writeDocuments(directory);
  const service = await startService(directory, args);
  atEnd(() => service.kill());
  return { directory, atEnd, service, api: await ApiClient.open(service.url) };
}

/** The service in this process, its runs on worker threads. */
async function served(t: Test, max_active: number): Promise<ApiClient> {
  const { service } = await openService(t, { max_active, executor: await workerExecutor(max_active) });
  return ApiClient.open(service.url);
}

const status = async (api: ApiClient, id: string): Promise<RunStatus> =>
  (await api.get<RunStatus>(`/runs/${id}`)).body;

async function start(api: ApiClient, body: object): Promise<string> {
  const answer = await api.post<RunStatus>('/runs', body);
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.run_id;
}

void t.test('the state is consistent even if runs start while it is read', async (t) => {
  let hold = Promise.resolve();
  let asked = (): void => undefined;
  const { service } = await openService(t, async ({ directory }) => {
    const store = await openDiskStore({ root: join(directory, 'tree'), platform: nodePlatform() });
    const slow = async (id: string): Promise<RunRecord | undefined> => {
      asked();
      await hold;
      return store.run(runId(id));
    };
    return { store: changedStore(store, { run: slow }) };
  });
  const api = await ApiClient.open(service.url);
  const first = await start(api, { scenario_id: 'quick' });
  await until(
    () => status(api, first),
    ({ state }) => state === 'completed',
  );
  let release = (): void => undefined;
  hold = new Promise((resolve) => (release = resolve));
  const reading = new Promise<void>((resolve) => (asked = resolve));
  const answer = api.get<OperatorState>('/state');
  await reading;
  const second = await start(api, { scenario_id: 'endless' });
  release();
  const before = (await answer).body;
  t.match(before.run, { run_id: first, state: 'completed' });
  t.strictSame(before.active_runs, [], 'a run started meanwhile belongs to the next answer');
  const after = (await api.get<OperatorState>('/state')).body;
  t.match(after, { run: { run_id: second, state: 'running' }, active_runs: [{ run_id: second }] });
  await api.post(`/runs/${second}/stop`);
});

void t.test('pause, step and resume act tick by tick', async (t) => {
  const api = await served(t, 1);
  const id = await start(api, { scenario_id: 'endless', paused: true });
  const at = (ticks: number): Promise<RunStatus> =>
    until(
      () => status(api, id),
      (run) => run.paused && run.ticks_completed === ticks,
    );
  await at(0);
  const pillars = (await api.get<PillarStatus[]>(`/runs/${id}/pillars`)).body;
  t.ok(
    pillars.every((pillar) => pillar.status === 'warming'),
    'warming before the first tick',
  );
  for (const [ticks, total] of [
    [1, 1],
    [5, 6],
    [10, 16],
  ] as const) {
    await api.post(`/runs/${id}/step`, { ticks });
    const run = await at(total);
    t.equal(run.state, 'running');
    t.equal(run.progress, total / 200000000);
  }
  const live = (await api.get<Series>(`/runs/${id}/series?metric=u`)).body;
  t.strictSame(
    live.ticks,
    Array.from({ length: 16 }, (_, index) => index + 1),
    'all past ticks of a paused run are shown',
  );
  t.ok(live.live);
  await api.post(`/runs/${id}/resume`);
  await until(
    () => status(api, id),
    ({ ticks_completed }) => ticks_completed! > 1000,
  );
  await api.post(`/runs/${id}/pause`);
  const paused = await until(
    () => status(api, id),
    ({ paused: waits }) => waits,
  );
  const later = await status(api, id);
  t.ok(later.ticks_completed! - paused.ticks_completed! <= 1, 'a paused run does not advance');
  const stopped = (await api.post<RunStatus>(`/runs/${id}/stop`)).body;
  t.equal(stopped.state, 'cancelled');
  t.match(stopped.fault_reason, /^stopped after tick \d+$/);
  const ledger = (await api.get(`/runs/${id}/ticks/${String(stopped.ticks_completed)}`)).status;
  t.equal(ledger, 200, 'computed ticks are kept');
});

void t.test('an active run blocks the next one, an ended run takes no commands', async (t) => {
  const api = await served(t, 1);
  const id = await start(api, { scenario_id: 'endless' });
  const refused = await api.post<ProblemDocument>('/runs', { scenario_id: 'quick' });
  t.equal(refused.status, 409);
  t.match(refused.body, { code: 'run-active', run_id: id });
  const data = await api.get<ProblemDocument>(`/runs/${id}/ticks/1`);
  t.equal(data.body.code, 'run-not-finished');
  await api.post(`/runs/${id}/stop`);
  for (const verb of ['stop', 'pause', 'resume', 'step']) {
    t.match((await api.post<ProblemDocument>(`/runs/${id}/${verb}`)).body, {
      code: 'run-not-active',
      run_id: id,
    });
  }
});

void t.test('several runs are active at once if the service allows it', async (t) => {
  const api = await served(t, 2);
  const first = await start(api, { scenario_id: 'endless' });
  const second = await start(api, { scenario_id: 'chatty' });
  t.equal((await api.post('/runs', { scenario_id: 'quick' })).status, 409);
  const { active_runs } = (await api.get<OperatorState>('/state')).body;
  t.strictSame(
    active_runs.map(({ run_id }) => run_id),
    [first, second],
  );
  await until(
    () => status(api, first),
    ({ ticks_completed }) => ticks_completed! > 0,
  );
  await until(
    () => status(api, second),
    ({ ticks_completed }) => ticks_completed! > 0,
  );
  await api.post(`/runs/${first}/stop`);
  t.equal((await status(api, second)).state, 'running');
  await api.post(`/runs/${second}/stop`);
});

void t.test('a service reports the interrupted run of a killed one', async (t) => {
  const { api, service, directory, atEnd } = await process(t, ['--max-active', '1']);
  const id = await start(api, { scenario_id: 'chatty' });
  await until(
    () => status(api, id),
    ({ ticks_completed }) => ticks_completed! > 100,
  );
  const seen = await until(
    async () => (await api.get<LogPage>(`/runs/${id}/logs?limit=50`)).body,
    ({ entries }) => entries.length === 50,
  );
  await service.kill();
  const again = await startService(directory);
  atEnd(() => again.kill());
  const later = await ApiClient.open(again.url);
  const { run } = (await later.get<OperatorState>('/state')).body;
  t.match(run, { run_id: id, state: 'fault', fault_code: 'SERVICE_STOPPED', paused: false });
  t.match(run!.fault_reason, /^service stopped at tick \d+$/);
  const past = (await later.get<HistoryDetail>(`/history/${id}`)).body;
  t.strictSame(past.run, run);
  const logs = (await later.get<LogPage>(`/runs/${id}/logs?limit=50`)).body;
  t.strictSame(logs, seen, 'its log is available under the same cursors');
  t.strictSame(readdirSync(join(directory, 'artefacts', '.service', 'runs')), []);
  t.strictSame(readdirSync(join(directory, 'artefacts', '.service', 'live')), []);
  const next = await start(later, { scenario_id: 'quick' });
  await until(
    () => status(later, next),
    ({ state }) => state === 'completed',
  );
  t.equal(await again.stop(), 0);
  const store = await openDiskStore({
    root: join(directory, 'artefacts'),
    mode: 'read',
    platform: nodePlatform(),
  });
  t.strictSame((await verifyStore(store)).problems, []);
  await store.close();
});

void t.test('a kill during edits leaves complete documents', async (t) => {
  const { directory, atEnd } = temporary(t);
  writeDocuments(directory);
  const path = join(directory, 'manifest.yaml');
  const versions = new Set([MANIFEST]);
  for (let round = 0; round < 4; round++) {
    const service = await startService(directory);
    atEnd(() => service.kill());
    const api = await ApiClient.open(service.url);
    t.equal((await api.get<unknown[]>('/scenarios')).body.length, 6);
    const audit = (await api.get<unknown[]>('/governance/audit?limit=1000')).body.length;
    const { set } = (await api.get<GovernanceSnapshot>('/governance')).body;
    t.equal(audit === 0, set.length === 0, 'the knobs and their audit log agree');
    const edits = edit(api, round, versions).catch(() => undefined);
    // The process is killed after a number of edits, not after a time.
    await until(
      async () => (await api.get<unknown[]>('/governance/audit?limit=1000')).body.length,
      (n) => n > audit + 2 * round,
    );
    await service.kill();
    await edits;
    t.ok(versions.has(readFileSync(path, 'utf8')), 'the manifest is one of the written versions');
  }
});

/** Edits a scenario and the governance repeatedly until the service has ended. */
async function edit(api: ApiClient, round: number, versions: Set<string>): Promise<void> {
  for (let n = 1; ; n++) {
    const name = `Round ${String(round)} edit ${String(n)}`;
    versions.add(MANIFEST.replace('Quick ring', name));
    const scenario = (await api.get('/scenarios/quick')).headers.get('etag')!;
    await api.post('/scenarios/quick', { name }, { 'if-match': scenario });
    const governance = (await api.get('/governance')).headers.get('etag')!;
    await api.post(
      '/governance',
      { budget_knobs: { max_topology_changes: 1000 * round + n } },
      { 'if-match': governance },
    );
  }
}

void t.test('a second service on the same state is refused', async (t) => {
  const { directory } = await process(t);
  await t.rejects(startService(directory), /STATE_LOCKED/);
});

void t.test('only the run that exhausts its memory fails', async (t) => {
  const { directory, atEnd } = temporary(t);
  const values = Array.from({ length: 150_000 }, () => '1').join(',');
  const nodes = `gid: BIG\nprofile: P\nN: 150000\nSC: 32\nedges: []\n`;
  writeDocuments(
    directory,
    `v: 1
kind: BatchManifest
scenarios:
  - id: big
    run: { v: 1, gid: BIG, run_id: big, topology_path: big.yaml, profile_path: profile.yaml, ticks: 200, initial_state: [${values}], windows: { every: 200, apx_name: B } }
  - id: small
    run: { v: 1, gid: RING, run_id: small, topology_path: ring.yaml, profile_path: profile.yaml, ticks: 8, initial_state: [50, 0, 0, 0, 0], windows: { every: 8, apx_name: S } }
`,
  );
  writeFileSync(join(directory, 'big.yaml'), nodes);
  const service = await startService(directory, ['--max-memory', '16MiB']);
  atEnd(() => service.kill());
  const api = await ApiClient.open(service.url);
  const big = await start(api, { scenario_id: 'big' });
  const ended = await until(
    () => status(api, big),
    ({ state }) => state !== 'running',
  );
  t.match(ended, { state: 'fault', fault_code: /^WORKER_/ });
  const small = await start(api, { scenario_id: 'small' });
  t.equal(
    (
      await until(
        () => status(api, small),
        ({ state }) => state !== 'running',
      )
    ).state,
    'completed',
  );
});

/** An executor whose jobs never make progress; with `deaf`, not even when they are abandoned. */
function stuckExecutor(): Executor {
  return {
    slots: 1,
    execute: (_job, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new AetherError('WORKER_ABANDONED', 'the run did not stop and was given up'));
        });
      }),
    close: () => Promise.resolve(),
  };
}

void t.test('a stuck worker is abandoned with a reason', async (t) => {
  const { service } = await openService(t, { executor: stuckExecutor(), stall_ms: 300 });
  const api = await ApiClient.open(service.url);
  const id = await start(api, { scenario_id: 'quick' });
  const ended = await until(
    () => status(api, id),
    ({ state }) => state !== 'running',
  );
  t.match(ended, { state: 'fault', fault_code: 'WORKER_STUCK', fault_reason: /finished no tick/ });
});

void t.test('a stop does not wait for a worker that does not respond', async (t) => {
  const { service } = await openService(t, { executor: stuckExecutor(), grace_ms: 100 });
  const api = await ApiClient.open(service.url);
  const id = await start(api, { scenario_id: 'quick' });
  const stopped = (await api.post<RunStatus>(`/runs/${id}/stop`)).body;
  t.match(stopped, { state: 'cancelled', fault_reason: /did not answer/ });
});

void t.test(
  'a result that differs from the stored one is unexpected and not published for the key',
  async (t) => {
    const executor = inProcessExecutor(nodePlatform());
    let executions = 0;
    const { service, store } = await openService(t, {
      executor: {
        ...executor,
        slots: 1,
        close: () => executor.close(),
        execute: async (job, signal) => {
          const result = await executor.execute(job, signal);
          return ++executions === 2 ? { ...result, result_digest: sha256('another') } : result;
        },
      },
    });
    const api = await ApiClient.open(service.url);
    const ended = async (): Promise<RunStatus> => {
      const id = await start(api, { scenario_id: 'quick' });
      return until(
        () => status(api, id),
        ({ state }) => state !== 'running',
      );
    };
    const first = await ended();
    t.match(first, { state: 'completed', expected: true });
    const other = await ended();
    const said = { state: 'completed', expected: false, fault_code: 'RESULTS_DISAGREE' };
    t.match(other, { ...said, fault_reason: new RegExp(`in ${first.run_id}`) });
    const record = await store.run(runId(other.run_id!));
    t.match(record, {
      state: 'completed',
      answers: false,
      expected: false,
      failure: { code: 'RESULTS_DISAGREE' },
    });
    t.equal((await store.runForKey(record!.input_key))!.id, first.run_id);
    t.match(recordStatus(record!), said, 'a later service reports the same');
    t.match(await ended(), { state: 'completed', expected: true });
  },
);

/** A store that cannot publish runs. */
function fullStore(): ArtefactStore {
  const store = new MemoryStore();
  return Object.assign(Object.create(store) as ArtefactStore, {
    publish: () =>
      Promise.reject(new AetherError('STORE_FULL', 'no space left for blobs/sha256/ab/cd (ENOSPC)')),
    runIds: () => store.runIds(),
    run: (id: string) => store.run(runId(id)),
    discard: () => store.discard(),
    batchIds: () => store.batchIds(),
    location: 'memory',
    stager: store.stager,
    close: () => store.close(),
  });
}

void t.test('a full disk is reported as the fault of a run', async (t) => {
  const { service } = await openService(t, { store: fullStore() });
  const api = await ApiClient.open(service.url);
  const id = await start(api, { scenario_id: 'quick' });
  const ended = await until(
    () => status(api, id),
    ({ state }) => state !== 'running',
  );
  t.match(ended, {
    state: 'fault',
    fault_code: 'STORE_FULL',
    fault_reason: /could not be stored: no space left/,
  });
  t.strictSame((await api.get<HistoryDetail>(`/history/${id}`)).body.run, ended);
  t.strictSame((await api.get<OperatorState>('/state')).body.run, ended);
});

void t.test('a run beyond the budget is refused with the limit', async (t) => {
  const { service } = await openService(t, { budget: { work: 1000, bytes: null, memory_bytes: null } });
  const api = await ApiClient.open(service.url);
  const refused = await api.post<ProblemDocument>('/runs', { scenario_id: 'endless' });
  t.equal(refused.status, 422);
  t.match(refused.body, { code: 'over-budget', detail: /at most 1000; .*--max-work/ });
  t.equal((await api.post('/runs', { scenario_id: 'quick' })).status, 201);
});
