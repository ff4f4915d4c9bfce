import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { goldenTree } from '../../lib/cli/golden/golden-context.js';
import { PendingResults, reopenRejected } from '../../lib/golden/index.js';
import { isCI } from '../../lib/cli/is-ci.js';
import { serviceAudit } from '../../lib/cli/commands/serve/service-audit.js';
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
import { judge, lookAt } from './golden-judgement.js';
import { MANIFEST, writeDocuments } from './service-documents.js';
import { readGoldensHere } from './read-goldens-here.js';
import { openService, workerExecutor } from './service-in-process.js';

const WITH_GOLDENS = MANIFEST.replace('    tags: [tiny-ones', '    golden: true\n    tags: [tiny-ones')
  .replace('  - id: faulty\n', '  - id: faulty\n    golden: true\n')
  .replace('  - id: sweep\n', '  - id: sweep\n    golden: true\n');

async function open(t: Parameters<typeof openService>[0], env: NodeJS.ProcessEnv = {}, text = WITH_GOLDENS) {
  const opened = await openService(t, async ({ directory }) => {
    const manifest = writeDocuments(directory, text);
    const store = await openDiskStore({ root: join(directory, 'tree'), platform: nodePlatform() });
    const tree = goldenTree(join(directory, 'golden'));
    return {
      goldens: new ServiceGoldens({
        tree,
        store,
        ...readGoldensHere(tree, store),
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

void t.test('goldens are listed, accepted with a reason, and compared', async (t) => {
  const { api, directory } = await open(t);
  const names = ['faulty', 'quick', 'sweep[ticks=16]', 'sweep[ticks=8]'];
  t.strictSame(await states(api), Object.fromEntries(names.map((name) => [name, 'missing'])));
  await complete(api, { scenario_id: 'quick' });
  t.match((await api.get<GoldenDiff>('/goldens/quick/diff')).body, { state: 'missing', diff: '' });
  t.equal((await judge(api, 'accept', 'quick', { reason: ' ' })).status, 400);
  const accepted = (await judge(api, 'accept', 'quick', { reason: 'as computed by hand' })).body;
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

void t.test('a name is judged by a result that was computed under another name', async (t) => {
  const { api, directory } = await open(t, {}, WITH_GOLDENS + TWIN);
  const { run_id } = await complete(api, { scenario_id: 'quick' });
  const twin = async (): Promise<GoldenStatus | undefined> =>
    (await api.get<GoldenStatus[]>('/goldens')).body.find(({ name }) => name === 'twin');
  t.match(await twin(), { state: 'missing', run_id: null }, 'no batch has used it yet');
  const { batch_id } = (await api.post<BatchDetail>('/batches', { scenarios: ['twin'] })).body;
  await until(
    async () => (await api.get<BatchDetail>(`/batches/${batch_id}`)).body,
    ({ state }) => state !== 'running',
  );
  t.match(await twin(), { state: 'missing', run_id });
  const accepted = await judge(api, 'accept', 'twin', { reason: 'the same ring' });
  t.match(accepted.body, { name: 'twin', scenario_id: 'twin', state: 'agrees', run_id });
  const golden = JSON.parse(readFileSync(join(directory, 'golden/twin/golden.json'), 'utf8')) as object;
  t.match(golden, { name: 'twin', scenario: 'twin' });
  t.match((await api.get<GoldenDiff>('/goldens/twin/diff')).body, { state: 'agrees', run_id });
});

void t.test('a golden that only a profile requests is neither obsolete nor missing', async (t) => {
  const { api, directory } = await open(t, {}, `${MANIFEST}\nprofiles: {ci: {golden: true}}\n`);
  t.strictSame(await states(api), {});
  await complete(api, { scenario_id: 'quick' });
  t.equal((await judge(api, 'accept', 'quick', { reason: 'as in CI' })).status, 200);
  t.strictSame(await states(api), { quick: 'agrees' });
  cpSync(join(directory, 'golden/quick'), join(directory, 'golden/nobody'), { recursive: true });
  t.strictSame(await states(api), { nobody: 'obsolete', quick: 'agrees' });
});

void t.test('a run that did not end as expected cannot be a golden, and CI accepts nothing', async (t) => {
  const { api } = await open(t, { CI: 'true' });
  await complete(api, { scenario_id: 'quick' });
  const refused = await judge<ProblemDocument>(api, 'accept', 'quick', { reason: 'x' });
  t.match(refused.body, { status: 409, code: 'golden-not-comparable', detail: /CI/ });
});

void t.test('an expected fault can be a golden, a stopped run cannot', async (t) => {
  const { api, directory } = await open(t);
  await complete(api, { scenario_id: 'faulty' });
  t.equal((await judge(api, 'accept', 'faulty', { reason: 'faults as it should' })).status, 200);
  const { run_id } = (await api.post<RunStatus>('/runs', { scenario_id: 'quick', paused: true })).body;
  await api.post(`/runs/${run_id}/stop`);
  t.equal(
    (await judge<ProblemDocument>(api, 'accept', 'quick', { reason: 'x' })).body.code,
    'golden-not-comparable',
  );
  t.notOk(existsSync(join(directory, 'golden/quick')));
});

void t.test('a judgement names the viewed result, others are refused', async (t) => {
  const { api, directory } = await open(t);
  const first = await complete(api, { scenario_id: 'quick' });
  const looked = await lookAt(api, 'quick');
  t.match(looked.diff, { run_id: first.run_id, result_digest: /^[0-9a-f]{64}$/, golden_digest: null });
  t.match(looked.etag, /^"[0-9a-f]+"$/);
  const path = '/goldens/quick/accept';
  const reason = 'as computed by hand';
  const body = { run_id: first.run_id, reason };
  t.equal((await api.post(path, body)).status, 428, 'without If-Match');
  t.equal((await api.post(path, { reason }, { 'if-match': looked.etag })).status, 400, 'no run is named');
  t.equal((await api.post(path, body, { 'if-match': '"another"' })).status, 412);
  const { headers } = await api.get<ScenarioDetail>('/scenarios/quick');
  const edit = { core_params: { ticks_total: 32 } };
  await api.post('/scenarios/quick', edit, { 'if-match': headers.get('etag')! });
  const second = await complete(api, { scenario_id: 'quick' });
  for (const verb of ['accept', 'reject'] as const) {
    const late = await judge<ProblemDocument>(api, verb, 'quick', { reason, looked });
    t.match(late.body, { status: 412, code: 'precondition-failed' }, `${verb} of an outdated result`);
  }
  const now = (await lookAt(api, 'quick')).etag;
  for (const wrong of [{ run_id: first.run_id }, { result_digest: looked.diff.result_digest }]) {
    for (const if_match of [now, '*']) {
      const other = await api.post<ProblemDocument>(path, { ...wrong, reason }, { 'if-match': if_match });
      t.match(other.body, { status: 409, code: 'golden-run-differs', run_id: second.run_id });
    }
  }
  t.notOk(existsSync(join(directory, 'golden/quick')), 'no golden was accepted');
  const { result_digest } = (await lookAt(api, 'quick')).diff;
  t.equal((await api.post(path, { result_digest, reason }, { 'if-match': now })).status, 200);
});

void t.test('the second of two simultaneous judgements is refused', async (t) => {
  const { api, directory } = await open(t);
  await complete(api, { scenario_id: 'quick' });
  const looked = await lookAt(api, 'quick');
  const answers = await Promise.all(
    ['ann', 'bob'].map((reason) => judge<ProblemDocument>(api, 'accept', 'quick', { reason, looked })),
  );
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 412]);
  const winner = answers[0]!.status === 200 ? 'ann' : 'bob';
  const accepted = (): unknown =>
    (JSON.parse(readFileSync(join(directory, 'golden/quick/golden.json'), 'utf8')) as { accepted: unknown })
      .accepted;
  const kept = accepted();
  t.match(kept, { why: winner });
  const again = await judge<ProblemDocument>(api, 'accept', 'quick', { reason: 'better words' });
  t.match(again.body, { status: 409, code: 'golden-agrees' });
  t.equal(
    (await judge(api, 'reject', 'quick', { reason: 'no' })).status,
    409,
    'a result that agrees is not rejected',
  );
  t.strictSame(accepted(), kept, 'author, time and reason are unchanged');
});

void t.test('a rejection keeps the golden and is shown with its author', async (t) => {
  const { api, directory } = await open(t);
  await complete(api, { scenario_id: 'quick' });
  await judge(api, 'accept', 'quick', { reason: 'first' });
  const { headers } = await api.get<ScenarioDetail>('/scenarios/quick');
  const edit = { core_params: { ticks_total: 32 } };
  await api.post('/scenarios/quick', edit, { 'if-match': headers.get('etag')! });
  await complete(api, { scenario_id: 'quick' });
  const looked = await lookAt(api, 'quick');
  const body = { run_id: looked.diff.run_id, reason: 'too long' };
  const headersOfAnn = {
    'if-match': looked.etag,
    authorization: `Basic ${Buffer.from('ann:').toString('base64')}`,
  };
  const rejected = await api.post<GoldenStatus>('/goldens/quick/reject', body, headersOfAnn);
  t.match(rejected.body, { state: 'differs', rejected: { by: 'ann', reason: 'too long' } });
  const tree = goldenTree(join(directory, 'golden'));
  const [item] = new PendingResults(tree).rejected();
  t.match(item, { name: 'quick', rejected: { by: 'ann' }, pending: { run: looked.diff.run_id } });
  t.equal(await reopenRejected(tree, item!), 'pending');
  t.match(
    (await api.get<GoldenStatus[]>('/goldens')).body.find(({ name }) => name === 'quick'),
    {
      rejected: null,
    },
  );
});

void t.test('an unreadable golden is reported as damaged, and others are shown', async (t) => {
  const { api, directory } = await open(t);
  for (const name of ['quick', 'faulty']) {
    await complete(api, { scenario_id: name });
    await judge(api, 'accept', name, { reason: 'first' });
  }
  const file = join(directory, 'golden/quick/golden.json');
  rmSync(file);
  const places: Record<string, () => void> = {
    directory: () => mkdirSync(file),
    'dangling link': () => {
      rmdirSync(file);
      symlinkSync('/nowhere', file);
    },
    null: () => {
      rmSync(file);
      writeFileSync(file, 'null');
    },
  };
  for (const [label, make] of Object.entries(places)) {
    make();
    t.match(await states(api), { quick: 'damaged', faulty: 'agrees' }, label);
    const { diff } = await lookAt(api, 'quick');
    t.match(diff, { state: 'damaged', summary: /golden\.json/ }, label);
  }
});

void t.test('the full suite executes all goldens again and audits them', async (t) => {
  const { api } = await open(t);
  const diagnose = async (): Promise<DiagnosticRun> => {
    const { id } = (await api.post<DiagnosticRun>('/diagnostics', { profile: 'FULL_SUITE' })).body;
    const ask = async (): Promise<DiagnosticRun> => (await api.get<DiagnosticRun>(`/diagnostics/${id}`)).body;
    return until(ask, ({ state }) => !['PENDING', 'RUNNING'].includes(state), 110_000);
  };
  const bad = await diagnose();
  t.equal(bad.state, 'FAILED', 'goldens are missing');
  t.match(bad.checks[1], {
    name: 'all goldens',
    status: 'FAILED',
    message: /goldens: 4 missing, .*quick \(there is no golden\)/,
  });
  t.match(bad.checks[2], { name: 'audit', status: 'PASSED', message: /4 runs in 5 rounds/ });
  for (const name of Object.keys(await states(api))) {
    t.equal((await judge(api, 'accept', name, { reason: 'first result' })).status, 200, name);
  }
  const good = await diagnose();
  t.equal(good.state, 'PASSED', JSON.stringify(good.checks));
});
