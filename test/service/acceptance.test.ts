import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type {
  GovernanceSnapshot,
  HistoryDetail,
  HistoryEntry,
  LogPage,
  OperatorState,
  ProblemDocument,
  RunStatus,
  ScenarioDetail,
  ScenarioSummary,
} from '../../lib/service/wire/index.js';
import { ApiClient, until } from './api-client.js';
import { writeDocuments } from './service-documents.js';
import { startService } from './service-process.js';
import { temporary } from './temporary.js';

/** The acceptance list of the operator service: one test per item, over HTTP against a started process. */

const PILLARS = ['aether', 'press', 'umx', 'loom', 'codex'];

async function open(t: Test, args: readonly string[] = []) {
  const { directory, atEnd } = temporary(t);
  writeDocuments(directory);
  const service = await startService(directory, args);
  atEnd(() => service.kill());
  return { directory, atEnd, service, api: await ApiClient.open(service.url) };
}

async function run(api: ApiClient, body: object): Promise<RunStatus> {
  const started = await api.post<RunStatus>('/runs', body);
  if (started.status !== 201) throw new Error(JSON.stringify(started.body));
  return started.body;
}

function over(api: ApiClient, id: string): Promise<RunStatus> {
  const ask = async (): Promise<RunStatus> => (await api.get<HistoryDetail>(`/history/${id}`)).body.run;
  return until(ask, ({ state }) => state !== 'running');
}

void t.test('1 state: run, active scenario and pillars', async (t) => {
  const { api } = await open(t);
  const idle = (await api.get<OperatorState>('/state')).body;
  t.equal(idle.run, null);
  t.equal(idle.active_scenario, null);
  t.strictSame(
    idle.pillars.map(({ pillar_id }) => pillar_id),
    PILLARS,
  );
  t.ok(idle.pillars.every(({ status }) => status === 'idle'));
  await api.post('/scenarios/quick/activate');
  const started = await run(api, { scenario_id: 'endless' });
  const live = await until(
    async () => (await api.get<OperatorState>('/api/v1/state')).body,
    ({ run }) => (run?.ticks_completed ?? 0) > 0,
  );
  t.equal(live.run?.run_id, started.run_id);
  t.equal(live.run?.state, 'running');
  t.equal(live.active_scenario?.id, 'quick');
  t.strictSame(
    live.pillars.map(({ pillar_id }) => pillar_id),
    PILLARS,
  );
  t.ok(live.pillars.every(({ status }) => status === 'running'));
  await api.post(`/runs/${started.run_id}/stop`);
});

void t.test(
  '2 run control: start from any scenario, and a stop that is visible to all clients',
  async (t) => {
    const { api } = await open(t);
    const scenarios = (await api.get<ScenarioSummary[]>('/scenarios')).body;
    for (const { id } of scenarios) {
      const started = await run(api, { scenario_id: id });
      t.equal(started.scenario_id, id);
      if (id === 'endless' || id === 'chatty') {
        const stopped = (await api.post<RunStatus>(`/runs/${started.run_id}/stop`)).body;
        t.equal(stopped.state, 'cancelled', id);
        t.equal((await api.get<OperatorState>('/state')).body.run?.state, 'cancelled');
        const { run: past } = (await api.get<HistoryDetail>(`/history/${started.run_id}`)).body;
        t.equal(past.state, 'cancelled');
        t.strictSame(past, stopped);
      } else t.equal((await over(api, started.run_id)).state, id === 'faulty' ? 'fault' : 'completed', id);
    }
  },
);

void t.test('3 scenarios: list, detail, activation', async (t) => {
  const { api, service, directory, atEnd } = await open(t);
  const list = (await api.get<ScenarioSummary[]>('/scenarios')).body;
  t.strictSame(
    list.map(({ id }) => id),
    ['chatty', 'endless', 'faulty', 'governed', 'quick', 'sweep'],
  );
  const detail = (await api.get<ScenarioDetail>('/scenarios/quick')).body;
  t.match(detail, {
    name: 'Quick ring',
    tags: ['tiny-ones', 'ring'],
    runtime_hint: 'tiny',
    governance_preset: 'OFF',
    core_params: { ticks_total: 24, metrics_enabled: true, logging_enabled: true },
  });
  await api.post('/scenarios/sweep/activate');
  t.equal((await api.get<OperatorState>('/state')).body.active_scenario?.id, 'sweep');
  t.equal((await api.post('/scenarios/swep/activate')).status, 404);
  t.equal(await service.stop(), 0);
  const again = await startService(directory);
  atEnd(() => again.kill());
  const state = (await (await ApiClient.open(again.url)).get<OperatorState>('/state')).body;
  t.equal(state.active_scenario?.id, 'sweep', 'survives a restart');
});

void t.test('4 governance: a snapshot, and a change that applies to new runs', async (t) => {
  const { api } = await open(t);
  const before = await api.get<GovernanceSnapshot>('/governance');
  t.equal(before.body.mode, 'OFF');
  const etag = before.headers.get('etag')!;
  const change = { mode: 'OBSERVE', budget_knobs: { max_actions_per_window: 2 } };
  t.equal((await api.post<ProblemDocument>('/governance', change)).status, 428);
  t.equal((await api.post<ProblemDocument>('/governance', change, { 'if-match': '"other"' })).status, 412);
  const after = (await api.post<GovernanceSnapshot>('/governance', change, { 'if-match': etag })).body;
  t.match(after, {
    mode: 'OBSERVE',
    codex_action_mode: 'OBSERVE',
    budget_knobs: { max_actions_per_window: 2 },
  });
  t.not(after.policy_set_hash, before.body.policy_set_hash);
  t.strictSame((await api.get<GovernanceSnapshot>('/governance')).body, after);
  const { run_id } = await run(api, { scenario_id: 'quick' });
  t.equal((await over(api, run_id)).state, 'completed');
  const ledger = (await api.get<{ policy_set_hash: string }[]>(`/runs/${run_id}/ledger`)).body;
  t.equal(ledger.length, 24);
  t.ok(ledger.every(({ policy_set_hash }) => policy_set_hash === after.policy_set_hash));
});

void t.test('5 history: accurate entries, and status with metrics', async (t) => {
  const { api } = await open(t);
  const quick = await run(api, { scenario_id: 'quick' });
  await over(api, quick.run_id);
  const faulty = await run(api, { scenario_id: 'faulty' });
  await over(api, faulty.run_id);
  const endless = await run(api, { scenario_id: 'endless' });
  await api.post(`/runs/${endless.run_id}/stop`);
  const history = (await api.get<HistoryEntry[]>('/history')).body;
  t.strictSame(
    history.map(({ run_id, result }) => [run_id, result]),
    [
      [endless.run_id, 'cancelled'],
      [faulty.run_id, 'fault'],
      [quick.run_id, 'completed'],
    ],
  );
  const detail = (await api.get<HistoryDetail>(`/history/${quick.run_id}`)).body;
  t.match(detail.run, { state: 'completed', ticks_total: 24, ticks_completed: 24, progress: 1 });
  t.match(detail.summary_metrics, { total_ticks: 24, window_count: 3 });
  const faults = (await api.get<HistoryEntry[]>('/history?result=fault')).body;
  t.strictSame(
    faults.map(({ run_id }) => run_id),
    [faulty.run_id],
  );
});

void t.test('6 logs: structured entries, filtered by level', async (t) => {
  const { api } = await open(t);
  const { run_id } = await run(api, { scenario_id: 'faulty' });
  await over(api, run_id);
  const all = (await api.get<LogPage>(`/runs/${run_id}/logs`)).body;
  t.strictSame(
    all.entries.map(({ event_type }) => event_type),
    ['run_start', 'tick_complete', 'fault', 'run_end'],
  );
  t.ok(all.entries.every((entry) => entry.run_id === run_id && entry.message !== ''));
  const errors = (await api.get<LogPage>(`/runs/${run_id}/logs?level=WARN`)).body;
  t.strictSame(
    errors.entries.map(({ level }) => level),
    ['ERROR'],
  );
  const ticks = (await api.get<LogPage>(`/runs/${run_id}/logs?event_type=tick_complete`)).body;
  t.equal(ticks.entries.length, 1);
  const first = (await api.get<LogPage>(`/runs/${run_id}/logs?limit=2`)).body;
  const rest = (await api.get<LogPage>(`/runs/${run_id}/logs?since=${first.next_cursor}`)).body;
  t.strictSame([...first.entries, ...rest.entries], all.entries);
  const silent = await run(api, { scenario_id: 'quick', overrides: { logging_enabled: false } });
  await over(api, silent.run_id);
  t.strictSame((await api.get<LogPage>(`/runs/${silent.run_id}/logs`)).body.entries, []);
});

void t.test('7 resilience: clean starts and stops, and faults with a reason', async (t) => {
  const { api, service, directory, atEnd } = await open(t);
  const manifest = readFileSync(join(directory, 'manifest.yaml'), 'utf8');
  const { run_id } = await run(api, { scenario_id: 'faulty' });
  const status = await over(api, run_id);
  t.equal(status.state, 'fault');
  t.equal(status.fault_code, 'DIAGNOSTICS_VIOLATION');
  t.match(status.fault_reason, /tick 1/);
  t.equal((await api.get<OperatorState>('/state')).body.run?.fault_reason, status.fault_reason);
  const endless = await run(api, { scenario_id: 'endless' });
  await until(
    async () => (await api.get<RunStatus>(`/runs/${endless.run_id}`)).body,
    ({ ticks_completed }) => ticks_completed! > 0,
  );
  t.equal(await service.stop(), 0);
  const again = await startService(directory);
  atEnd(() => again.kill());
  const later = await ApiClient.open(again.url);
  const stopped = (await later.get<HistoryDetail>(`/history/${endless.run_id}`)).body.run;
  t.equal(stopped.state, 'cancelled');
  t.match(stopped.fault_reason, /the service shut down/);
  t.equal((await later.get<HistoryEntry[]>('/history')).body.length, 2);
  t.equal(readFileSync(join(directory, 'manifest.yaml'), 'utf8'), manifest);
});
