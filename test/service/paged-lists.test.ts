import t, { type Test } from 'tap';
import type { FieldError, GoldenStatus, HistoryEntry, RunStatus } from '../../lib/service/wire/index.js';
import { ApiClient, until } from './api-client.js';
import { NO_GOLDENS, openService } from './service-in-process.js';

/** Lists that are always complete, and have no limit. */
const WHOLE = ['getSeries', 'getRunPillars', 'getRunAeon', 'listDiagnosticProfiles'];

const GOLDENS = ['a', 'b', 'c'].map((name): GoldenStatus => ({
  name,
  scenario_id: null,
  state: 'unchecked',
  run_id: null,
  result_digest: null,
  accepted_at: null,
  accepted_by: null,
  reason: null,
  rejected: null,
}));

const PLACES = GOLDENS.map(({ name }) => ({ name, scenario: null, directory: name }));

function statusesOf(places: typeof PLACES): Promise<readonly GoldenStatus[]> {
  return Promise.resolve(GOLDENS.filter(({ name }) => places.some((place) => place.name === name)));
}

async function ended(api: ApiClient, scenario_id: string): Promise<string> {
  const { run_id } = (await api.post<RunStatus>('/runs', { scenario_id })).body;
  await until(
    async () => (await api.get<HistoryEntry[]>('/history?limit=1000')).body,
    (runs) => runs.some((run) => run.run_id === run_id),
  );
  return run_id;
}

/** A service in which every list has more than one entry, and the run with these lists. */
async function filled(t: Test) {
  const { service } = await openService(t, {
    goldens: { ...NO_GOLDENS, places: () => Promise.resolve(PLACES), statuses: statusesOf },
  });
  const api = await ApiClient.open(service.url);
  const run_id = await ended(api, 'governed');
  await ended(api, 'quick');
  for (const scenario of ['quick', 'governed']) {
    const { batch_id } = (await api.post<{ batch_id: string }>('/batches', { scenarios: [scenario] })).body;
    await until(
      async () => (await api.get<{ state: string }>(`/batches/${batch_id}`)).body,
      ({ state }) => state !== 'running',
    );
  }
  for (let n = 0; n < 2; n++) {
    const { id } = (await api.post<{ id: string }>('/diagnostics', { profile: 'SMOKE' })).body;
    await until(
      async () => (await api.get<{ state: string }>(`/diagnostics/${id}`)).body,
      ({ state }) => ['PASSED', 'FAILED', 'ABORTED'].includes(state),
    );
  }
  for (const max_topology_changes of [3, 4]) {
    const { headers } = await api.get('/governance');
    const body = { budget_knobs: { max_topology_changes } };
    await api.post('/governance', body, { 'if-match': headers.get('etag')! });
  }
  return { service, api, run_id };
}

function nextOf(headers: Headers): string | undefined {
  return /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
}

/** Every page of a list; asserts that a page reports exactly whether there is a next one. */
async function everyPage(t: Test, api: ApiClient, path: string, limit: number): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page: { body: unknown[]; headers: Headers } = await api.get<unknown[]>(next);
    next = nextOf(page.headers);
    all.push(...page.body);
    if (next !== undefined) t.equal(page.body.length, limit, `${path}: a page before the last is full`);
  }
  return all;
}

void t.test('every limited list reports the rest and links to it', async (t) => {
  const { service, api, run_id } = await filled(t);
  const lists = service.operations.filter(({ method, success }) => {
    return method === 'get' && success.schema?.['type'] === 'array';
  });
  t.strictSame(
    lists.filter(({ query }) => !('limit' in query)).map(({ id }) => id),
    WHOLE,
    'lists without a limit',
  );
  for (const { id, path, query, success, problems } of lists.filter(({ id }) => !WHOLE.includes(id))) {
    t.ok('cursor' in query && 'link' in (success.headers ?? {}), `${id} declares the link to the next page`);
    t.ok(problems.includes('invalid-cursor'), id);
    const place = path.replace('{run_id}', run_id);
    const whole = await api.get<unknown[]>(`${place}?limit=1000`);
    t.equal(nextOf(whole.headers), undefined, `${id}: the complete list has no next page`);
    t.ok(id === 'getRunProposals' || whole.body.length > 1, `${id} has ${whole.body.length} entries`);
    for (const limit of [1, 2, whole.body.length].filter((limit) => limit > 0)) {
      t.strictSame(
        await everyPage(t, api, `${place}?limit=${limit}`, limit),
        whole.body,
        `${id} by ${limit}`,
      );
    }
    for (const cursor of ['x', Buffer.from('1.1').toString('base64url')]) {
      t.equal((await api.get(`${place}?cursor=${cursor}`)).status, 400, `${id}: cursor ${cursor}`);
    }
  }
  await filtersComeFirst(t, api, run_id);
});

/** Filters apply before a list of records is cut. */
async function filtersComeFirst(t: Test, api: ApiClient, run_id: string): Promise<void> {
  const place = `/runs/${run_id}`;
  const all = (await api.get<{ layer: string; tick: number }[]>(`${place}/envelopes`)).body;
  for (const layer of new Set(all.map((envelope) => envelope.layer))) {
    t.strictSame(
      await everyPage(t, api, `${place}/envelopes?layer=${layer}&limit=2`, 2),
      all.filter((envelope) => envelope.layer === layer),
      layer,
    );
  }
  t.strictSame(
    await everyPage(t, api, `${place}/envelopes?tick=8&limit=1`, 1),
    all.filter(({ tick }) => tick === 8),
  );
  const ledger = (await api.get<unknown[]>(`${place}/ledger`)).body;
  t.strictSame(await everyPage(t, api, `${place}/ledger?from=3&to=9&limit=3`, 3), ledger.slice(2, 9));
}

void t.test('a refusal that omits errors counts them', async (t) => {
  const { service } = await openService(t);
  const api = await ApiClient.open(service.url);
  const words = Array.from({ length: 70 }, (_, n) => `w${n}`);
  const unknown = Object.fromEntries(words.map((word) => [word, 1]));
  const answers = [
    await api.post<{ errors: FieldError[] }>('/batches', { scenarios: words }),
    await api.post<{ errors: FieldError[] }>('/batches', unknown),
    await api.get<{ errors: FieldError[] }>(`/history?${new URLSearchParams(unknown as never).toString()}`),
  ];
  for (const { status, body } of answers) {
    t.ok(status === 400 || status === 422, String(status));
    t.equal(body.errors.length, 51);
    t.match(body.errors.at(-1), { pointer: '', detail: '20 more are not shown', code: 'more-problems' });
  }
});
