import t, { type Test } from 'tap';
import type { HistoryDetail, RunStatus } from '../../lib/service/wire/index.js';
import { ApiClient, until } from './api-client.js';
import { Contender, noNamespaces, type Where } from './namespaced-service.js';
import { writeDocuments } from './service-documents.js';
import { temporary } from './temporary.js';

/**
 * Services in different PID namespaces over one state, as in two containers: processes of the other namespace
 * are not visible.
 */

const ORDERS: readonly (readonly [Where, Where])[] = [
  ['elsewhere', 'here'],
  ['here', 'elsewhere'],
];
const skip = noNamespaces() ?? false;
t.jobs = 3;

interface Scene {
  readonly owner: Contender;
  readonly ownerApi: ApiClient;
  /** An active run. */
  readonly run: string;
  readonly contend: () => Contender;
}

async function scene(t: Test, [first, second]: readonly [Where, Where]): Promise<Scene> {
  const { directory, atEnd } = temporary(t);
  writeDocuments(directory);
  const start = (where: Where): Contender => {
    const contender = new Contender(directory, where);
    atEnd(() => contender.end());
    return contender;
  };
  const owner = start(first);
  const ownerApi = await ApiClient.open(await owner.url);
  const { run_id: run } = (await ownerApi.post<RunStatus>('/runs', { scenario_id: 'endless' })).body;
  await until(
    () => ownerApi.get<RunStatus>(`/runs/${run}`),
    ({ body }) => (body.ticks_completed ?? 0) > 0,
  );
  return { owner, ownerApi, run, contend: () => start(second) };
}

async function end(api: ApiClient, run: string): Promise<RunStatus> {
  return (await api.get<HistoryDetail>(`/history/${run}`)).body.run;
}

for (const order of ORDERS) {
  const [first, second] = order;
  const title = `owner ${first}, the other one ${second}`;
  void t.test(`${title}: a living owner keeps the state`, { skip }, async (t) => {
    const { owner, ownerApi, run, contend } = await scene(t, order);
    const other = contend();
    t.equal(await other.ended, 1);
    t.match(other.errors, /STATE_LOCKED/);
    t.match(other.errors, /process \d+ on another machine or in another container runs a service/);
    t.equal((await ownerApi.get<RunStatus>(`/runs/${run}`)).body.state, 'running');
    // A normal stop leaves no lease to wait for.
    owner.signal('SIGTERM');
    t.equal(await owner.ended, 0);
    const next = contend();
    const api = await ApiClient.open(await next.url);
    t.notMatch(next.errors, /Waiting/);
    t.match(await end(api, run), { state: 'cancelled' }, 'the run was stopped and is reported as stopped');
  });

  void t.test(`${title}: a killed owner is replaced`, { skip }, async (t) => {
    const { owner, ownerApi, run, contend } = await scene(t, order);
    const shown = (await ownerApi.get<RunStatus>(`/runs/${run}`)).body.ticks_completed ?? 0;
    owner.signal('SIGKILL');
    await owner.ended;
    const next = contend();
    const api = await ApiClient.open(await next.url);
    const told = await end(api, run);
    t.match(told, { state: 'fault', fault_code: 'SERVICE_STOPPED' });
    t.ok((told.ticks_completed ?? 0) >= shown, `${String(told.ticks_completed)} >= ${String(shown)}`);
  });

  void t.test(`${title}: an owner that was suspended and replaced stops`, { skip }, async (t) => {
    const { owner, ownerApi, run, contend } = await scene(t, order);
    owner.signal('SIGSTOP');
    const next = contend();
    const api = await ApiClient.open(await next.url);
    const told = await end(api, run);
    t.match(told, { state: 'fault', fault_code: 'SERVICE_STOPPED' });
    // Requests that reach the old owner when it continues.
    const late = [
      ownerApi.get<RunStatus>(`/runs/${run}`),
      ownerApi.post('/scenarios/quick/activate'),
      ownerApi.post('/runs', { scenario_id: 'quick' }),
    ].map((answer) => answer.then(({ status }) => status).catch(() => 'no answer'));
    owner.signal('SIGCONT');
    for (const answer of await Promise.all(late))
      t.ok(answer === 503 || answer === 'no answer', String(answer));
    t.equal(await owner.ended, 1);
    t.match(owner.errors, /Another service has taken over the state directory/);
    t.strictSame(await end(api, run), told, 'the announced state is unchanged');
    t.match((await api.get('/state')).body, { active_scenario: null });
    t.equal((await api.get<readonly unknown[]>('/history')).body.length, 1);
    const third = contend();
    t.equal(await third.ended, 1, 'the new owner owns the state');
  });
}
