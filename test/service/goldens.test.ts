import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { goldenTree } from '../../lib/cli/golden/golden-context.js';
import { isCI } from '../../lib/cli/golden/read-only.js';
import { serviceAudit } from '../../lib/cli/service/service-audit.js';
import { nodePlatform, systemClock } from '../../lib/platform/index.js';
import { ServiceGoldens } from '../../lib/service/index.js';
import type {
  BatchDetail,
  DiagnosticRun,
  GoldenDiff,
  GoldenStatus,
  ProblemDocument,
  RunStatus,
  ScenarioDetail,
} from '../../lib/service/wire/index.js';
import { openDiskStore } from '../../lib/store/index.js';
import { ApiClient, until } from './api-client.js';
import { MANIFEST, writeDocuments } from './service-documents.js';
import { openService, workerExecutor } from './service-in-process.js';

const WITH_GOLDENS = MANIFEST.replace('    tags: [tiny-ones', '    golden: true\n    tags: [tiny-ones')
  .replace('  - id: faulty\n', '  - id: faulty\n    golden: true\n')
  .replace('  - id: sweep\n', '  - id: sweep\n    golden: true\n');

async function open(t: Parameters<typeof openService>[0], env: NodeJS.ProcessEnv = {}, text = WITH_GOLDENS) {
  const opened = await openService(t, async ({ directory }) => {
    const manifest = writeDocuments(directory, text);
    const store = await openDiskStore({ root: join(directory, 'tree'), platform: nodePlatform() });
    return {
      goldens: new ServiceGoldens({
        tree: goldenTree(join(directory, 'golden')),
        store,
        clock: systemClock,
        read_only: isCI(env),
      }),
      store,
      audit: serviceAudit({ files: [manifest], env: process.env }),
      startBatchExecutor: () => workerExecutor(2),
    };
  });
  return { ...opened, api: await ApiClient.open(opened.service.url) };
}

async function complete(api: ApiClient, body: object): Promise<RunStatus> {
  const { run_id } = (await api.post<RunStatus>('/runs', body)).body;
  return until(
    async () => (await api.get<RunStatus>(`/runs/${run_id}`)).body,
    ({ state }) => state !== 'running',
  );
}

const states = async (api: ApiClient): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await api.get<GoldenStatus[]>('/goldens')).body.map(({ name, state }) => [name, state]),
  );

void t.test('goldens are listed, accepted with a reason, and found to differ', async (t) => {
  const { api, directory } = await open(t);
  const names = ['faulty', 'quick', 'sweep[ticks=16]', 'sweep[ticks=8]'];
  t.strictSame(await states(api), Object.fromEntries(names.map((name) => [name, 'missing'])));
  await complete(api, { scenario_id: 'quick' });
  t.match((await api.get<GoldenDiff>('/goldens/quick/diff')).body, { state: 'missing', diff: '' });
  t.equal((await api.post<ProblemDocument>('/goldens/quick/accept', { reason: ' ' })).status, 400);
  const accepted = (await api.post<GoldenStatus>('/goldens/quick/accept', { reason: 'as computed by hand' }))
    .body;
  t.match(accepted, {
    name: 'quick',
    state: 'agrees',
    reason: 'as computed by hand',
    accepted_by: '127.0.0.1',
  });
  const file = JSON.parse(readFileSync(join(directory, 'golden/quick/golden.json'), 'utf8')) as {
    accepted: object;
  };
  t.match(file.accepted, { why: 'as computed by hand' });
  t.match((await api.get<GoldenDiff>('/goldens/quick/diff')).body, { state: 'agrees', diff: '' });
  const { headers } = await api.get<ScenarioDetail>('/scenarios/quick');
  await api.post(
    '/scenarios/quick',
    { core_params: { ticks_total: 32 } },
    { 'if-match': headers.get('etag')! },
  );
  await complete(api, { scenario_id: 'quick' });
  t.equal((await states(api))['quick'], 'differs');
  const { body } = await api.get<GoldenDiff>('/goldens/quick/diff');
  t.match(body, { state: 'differs', details: { cause: 'inputs' } });
  t.match(body.summary, /changed inputs/);
  t.match(body.diff, /^[-+@]/m);
  t.equal((await api.get<ProblemDocument>('/goldens/unknown/diff')).body.code, 'unknown-golden');
});

const TWIN = `
  - id: twin
    golden: true
    run:
      run_id: quick
      ticks: 24
      windows: { every: 8, apx_name: QUICK }
`;

void t.test('a name whose inputs were computed under another name is judged by that result', async (t) => {
  const { api, directory } = await open(t, {}, WITH_GOLDENS + TWIN);
  const { run_id } = await complete(api, { scenario_id: 'quick' });
  const twin = async (): Promise<GoldenStatus | undefined> =>
    (await api.get<GoldenStatus[]>('/goldens')).body.find(({ name }) => name === 'twin');
  t.match(await twin(), { state: 'missing', run_id: null }, 'no batch has taken it yet');
  const { batch_id } = (await api.post<BatchDetail>('/batches', { scenarios: ['twin'] })).body;
  await until(
    async () => (await api.get<BatchDetail>(`/batches/${batch_id}`)).body,
    ({ state }) => state !== 'running',
  );
  t.match(await twin(), { state: 'missing', run_id });
  const accepted = await api.post<GoldenStatus>('/goldens/twin/accept', { reason: 'the same ring' });
  t.match(accepted.body, { name: 'twin', scenario_id: 'twin', state: 'agrees', run_id });
  const golden = JSON.parse(readFileSync(join(directory, 'golden/twin/golden.json'), 'utf8')) as object;
  t.match(golden, { name: 'twin', scenario: 'twin' });
  t.match((await api.get<GoldenDiff>('/goldens/twin/diff')).body, { state: 'agrees', run_id });
});

void t.test('a golden that only a profile asks for is not obsolete, nor missing', async (t) => {
  const { api, directory } = await open(t, {}, `${MANIFEST}\nprofiles: {ci: {golden: true}}\n`);
  t.strictSame(await states(api), {});
  await complete(api, { scenario_id: 'quick' });
  t.equal((await api.post('/goldens/quick/accept', { reason: 'as in CI' })).status, 200);
  t.strictSame(await states(api), { quick: 'agrees' });
  cpSync(join(directory, 'golden/quick'), join(directory, 'golden/nobody'), { recursive: true });
  t.strictSame(await states(api), { nobody: 'obsolete', quick: 'agrees' });
});

void t.test('what did not end as it should is no golden; nothing is accepted in CI', async (t) => {
  const { api } = await open(t, { CI: 'true' });
  await complete(api, { scenario_id: 'quick' });
  const refused = await api.post<ProblemDocument>('/goldens/quick/accept', { reason: 'x' });
  t.match(refused.body, { status: 409, code: 'golden-not-comparable', detail: /CI/ });
});

void t.test('a fault that is expected can be a golden, a stopped run cannot', async (t) => {
  const { api, directory } = await open(t);
  await complete(api, { scenario_id: 'faulty' });
  t.equal((await api.post('/goldens/faulty/accept', { reason: 'faults as it should' })).status, 200);
  const { run_id } = (await api.post<RunStatus>('/runs', { scenario_id: 'quick', paused: true })).body;
  await api.post(`/runs/${run_id}/stop`);
  t.equal(
    (await api.post<ProblemDocument>('/goldens/quick/accept', { reason: 'x' })).body.code,
    'golden-not-comparable',
  );
  t.notOk(existsSync(join(directory, 'golden/quick')));
});

void t.test('the full suite runs every golden anew and audits them', { timeout: 120_000 }, async (t) => {
  const { api } = await open(t);
  const judge = async (): Promise<DiagnosticRun> => {
    const { id } = (await api.post<DiagnosticRun>('/diagnostics', { profile: 'FULL_SUITE' })).body;
    const ask = async (): Promise<DiagnosticRun> => (await api.get<DiagnosticRun>(`/diagnostics/${id}`)).body;
    return until(ask, ({ state }) => !['PENDING', 'RUNNING'].includes(state), 110_000);
  };
  const bad = await judge();
  t.equal(bad.state, 'FAILED', 'goldens are missing');
  t.match(bad.checks[1], {
    name: 'all goldens',
    status: 'FAILED',
    message: /goldens: 4 missing, .*quick \(there is no golden\)/,
  });
  t.match(bad.checks[2], { name: 'audit', status: 'PASSED', message: /4 runs in 5 rounds/ });
  for (const name of Object.keys(await states(api))) {
    t.equal((await api.post(`/goldens/${name}/accept`, { reason: 'first result' })).status, 200, name);
  }
  const good = await judge();
  t.equal(good.state, 'PASSED', JSON.stringify(good.checks));
});
