import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type {
  OperatorState,
  ProblemDocument,
  ScenarioDetail,
  ScenarioSource,
  ScenarioSummary,
} from '../../lib/service/wire/index.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { ApiClient, type Answer } from './api-client.js';
import { MANIFEST, writeDocuments } from './service-documents.js';
import { openService } from './service-in-process.js';

async function open(...args: Parameters<typeof openService>) {
  const { service, directory } = await openService(...args);
  const api = await ApiClient.open(service.url);
  const text = (): string => readFileSync(join(directory, 'manifest.yaml'), 'utf8');
  const read = async (id: string) => {
    const answer = await api.get<ScenarioDetail>(`/scenarios/${id}`);
    return { detail: answer.body, etag: answer.headers.get('etag')! };
  };
  const patch = async <T = ScenarioDetail>(id: string, change: object) =>
    api.post<T>(`/scenarios/${id}`, change, { 'if-match': (await read(id)).etag });
  return { api, directory, text, read, patch };
}

void t.test('an edit changes one value and keeps all comments', async (t) => {
  const { text, read, patch } = await open(t);
  const changed = await patch('quick', { core_params: { ticks_total: 40 } });
  t.equal(changed.status, 200);
  t.equal(changed.body.core_params.ticks_total, 40);
  t.equal(text(), MANIFEST.replace('ticks: 24   # three windows', 'ticks: 40   # three windows'));
  t.equal((await read('quick')).detail.core_params.ticks_total, 40);
  await patch('quick', { name: 'Slow: ring', tags: ['ring', 'with space', 'true'] });
  t.equal(
    text(),
    MANIFEST.replace('ticks: 24   # three', 'ticks: 40   # three')
      .replace('name: Quick ring   # shown', 'name: "Slow: ring"   # shown')
      .replace('tags: [tiny-ones, ring]   # to', 'tags: [ring, with space, "true"]   # to'),
  );
});

void t.test('a missing field is added in its place', async (t) => {
  const { text, read, patch } = await open(t);
  const { body } = await patch('sweep', {
    description: 'Two lengths\nof run',
    core_params: { metrics_enabled: false, logging_enabled: false },
    governance_preset: 'DRY_RUN',
  });
  t.match(body, {
    description: 'Two lengths\nof run',
    governance_preset: 'DRY_RUN',
    core_params: { metrics_enabled: false, logging_enabled: false },
  });
  t.ok(
    text().startsWith(MANIFEST.trimEnd().split('\n').slice(0, -1).join('\n')),
    'the text before it is unchanged',
  );
  t.equal((await read('quick')).detail.core_params.metrics_enabled, true, 'adjacent entries are unchanged');
});

void t.test('an invalid value is refused at its field, and nothing is written', async (t) => {
  const { api, text, read, patch } = await open(t);
  const before = text();
  const wrong = await patch<ProblemDocument>('quick', { core_params: { primary_window_id: 'NONE' } });
  t.equal(wrong.status, 422);
  t.equal(wrong.body.errors?.[0]?.pointer, '/core_params/primary_window_id');
  for (const change of [
    {},
    { nonsense: 1 },
    { name: '' },
    { runtime_hint: 'huge' },
    { core_params: { ticks_total: 0 } },
    { id: 'other' },
  ]) {
    t.equal((await patch<ProblemDocument>('quick', change)).status, 400, JSON.stringify(change));
  }
  const { etag } = await read('quick');
  t.equal(
    (await api.post<ProblemDocument>('/scenarios/quick', { name: 'x' })).body.code,
    'precondition-required',
  );
  await patch('quick', { name: 'Y' });
  const late = await api.post<ProblemDocument>('/scenarios/quick', { name: 'z' }, { 'if-match': etag });
  t.equal(late.body.code, 'precondition-failed');
  t.not(late.headers.get('etag'), etag);
  t.equal(text(), before.replace('Quick ring', 'Y'));
});

void t.test('simultaneous edits are applied one after the other', async (t) => {
  const { api, text, read } = await open(t);
  const { etag } = await read('quick');
  const names = ['one', 'two', 'three', 'four', 'five'];
  const answers = await Promise.all(
    names.map((name) => api.post('/scenarios/quick', { name }, { 'if-match': etag })),
  );
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 412, 412, 412, 412]);
  const winner = names[answers.findIndex(({ status }) => status === 200)]!;
  t.equal(text(), MANIFEST.replace('Quick ring', winner));
});

const APART = `v: 1
gid: RING
run_id: apart
topology_path: ring.yaml
profile_path: profile.yaml
ticks: 8
initial_state: [50, 0, 0, 0, 0]
windows: { every: 8, apx_name: APART }
`;

void t.test('a file saved by an editor during an edit is kept and the edit refused', async (t) => {
  const manifest = `${MANIFEST}  - id: apart\n    name: Apart\n    run_config: apart.yaml\n`;
  let save = (): void => undefined;
  const { directory, text, read, patch } = await open(t, ({ directory: place }) => {
    writeDocuments(place, manifest);
    writeFileSync(join(place, 'apart.yaml'), APART);
    const platform = nodePlatform();
    const sync = async (path: string): Promise<void> => {
      await platform.files.sync(path);
      if (path.endsWith('.tmp')) save();
    };
    return Promise.resolve({ platform: { ...platform, files: { ...platform.files, sync } } });
  });
  const apart = (): string => readFileSync(join(directory, 'apart.yaml'), 'utf8');
  const names = readdirSync(directory);
  for (const [file, saved] of [
    ['manifest.yaml', `${manifest}# by hand\n`],
    ['apart.yaml', `${APART}# by hand\n`],
  ] as const) {
    save = () => writeFileSync(join(directory, file), saved);
    const before = { 'manifest.yaml': text(), 'apart.yaml': apart() };
    const refused = await patch<ProblemDocument>('apart', {
      name: 'Edited',
      core_params: { ticks_total: 16 },
    });
    t.match(refused.body, { status: 412, code: 'precondition-failed' }, file);
    t.strictSame({ 'manifest.yaml': text(), 'apart.yaml': apart() }, { ...before, [file]: saved });
  }
  t.equal((await read('apart')).detail.name, 'Apart');
  t.strictSame(readdirSync(directory), names, 'no temp file remains');
  save = () => undefined;
  t.equal((await patch('apart', { name: 'Edited', core_params: { ticks_total: 16 } })).status, 200);
  t.equal(text(), `${manifest}# by hand\n`.replace('name: Apart', 'name: Edited'));
  t.equal(apart(), `${APART}# by hand\n`.replace('ticks: 8', 'ticks: 16'));
});

void t.test('a copy is inserted after its original, with its comments', async (t) => {
  const { api, text, read } = await open(t);
  const { etag } = await read('quick');
  const made = await api.post<ScenarioDetail>(
    '/scenarios/quick/clone',
    { id: 'quick-2', name: 'Another' },
    { 'if-match': etag },
  );
  t.equal(made.status, 201);
  t.match(made.body, {
    id: 'quick-2',
    name: 'Another',
    tags: ['tiny-ones', 'ring'],
    core_params: { ticks_total: 24 },
  });
  t.equal(text().split('# three windows').length, 3);
  t.equal((await api.get<ScenarioSummary[]>('/scenarios')).body.length, 7);
  const again = await api.post<ProblemDocument>(
    '/scenarios/quick/clone',
    { id: 'quick-2' },
    { 'if-match': (await read('quick')).etag },
  );
  t.equal(again.body.code, 'scenario-exists');
  const started = await api.post('/runs', { scenario_id: 'quick-2' });
  t.equal(started.status, 201);
});

void t.test('changes on disk are loaded; invalid ones keep the last valid registry', async (t) => {
  const { api, directory, text } = await open(t);
  const path = join(directory, 'manifest.yaml');
  const sound = text();
  writeFileSync(path, sound.replace('name: Quick ring', 'name: Changed by hand'));
  t.equal((await api.get<ScenarioDetail>('/scenarios/quick')).body.name, 'Changed by hand');
  writeFileSync(path, 'scenarios: [');
  t.equal((await api.get<ScenarioSummary[]>('/scenarios')).body.length, 6);
  const refused = await api.post<ProblemDocument>('/runs', { scenario_id: 'quick' });
  t.match(refused.body, { status: 422, code: 'invalid-document' });
  t.ok(refused.body.errors!.every(({ file }) => file === 'manifest.yaml' || !file!.startsWith('/')));
  writeFileSync(path, sound);
  t.equal((await api.post('/runs', { scenario_id: 'quick' })).status, 201);
});

void t.test('lists are searched and paged, and the source is shown unchanged', async (t) => {
  const { api } = await open(t);
  const ids: string[] = [];
  let next: string | undefined = '/scenarios?limit=2';
  while (next !== undefined) {
    const page: Answer<ScenarioSummary[]> = await api.get(next);
    ids.push(...page.body.map(({ id }) => id));
    next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
  }
  t.strictSame(ids, ['chatty', 'endless', 'faulty', 'governed', 'quick', 'sweep']);
  t.strictSame(
    (await api.get<ScenarioSummary[]>('/scenarios?q=RING')).body.map(({ id }) => id),
    ['quick'],
  );
  t.strictSame(
    (await api.get<ScenarioSummary[]>('/scenarios?tag=long')).body.map(({ id }) => id),
    ['chatty', 'endless'],
  );
  t.equal((await api.get<ScenarioSource>('/scenarios/quick/source')).body.yaml, MANIFEST);
  const unknown = await api.get<ProblemDocument>('/scenarios/quik');
  t.strictSame(unknown.body.near?.[0], 'quick');
});

void t.test('overrides are part of the name if they change a value', async (t) => {
  const { api } = await open(t);
  const nameOf = async (body: object): Promise<string> => {
    const answer = await api.post<{ name: string; run_id: string }>('/runs', body);
    if (answer.status !== 201) throw new Error(answer.text);
    await api.post(`/runs/${answer.body.run_id}/stop`);
    return answer.body.name;
  };
  t.equal(await nameOf({ scenario_id: 'quick' }), 'quick');
  t.equal(
    await nameOf({ scenario_id: 'quick', overrides: { ticks_total: 24, logging_enabled: false } }),
    'quick',
  );
  t.equal(await nameOf({ scenario_id: 'quick', overrides: { ticks_total: 48 } }), 'quick[ticks=48]');
  t.equal(await nameOf({ scenario_id: 'sweep' }), 'sweep[ticks=8]');
  t.equal(await nameOf({ scenario_id: 'sweep', cell: 'sweep[ticks=16]' }), 'sweep[ticks=16]');
  t.match(
    await nameOf({ scenario_id: 'quick', overrides: { governance_preset: 'OBSERVE' } }),
    /^quick\[governance_mode=observe/,
  );
  const { run } = (await api.get<OperatorState>('/state')).body;
  t.equal(run?.scenario_id, 'quick');
});
