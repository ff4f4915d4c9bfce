import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { Service } from '../../lib/service/index.js';
import type { AuditEntry, DiagnosticRun, HistoryEntry, RunStatus } from '../../lib/service/wire/index.js';
import { openDiskStore } from '../../lib/store/index.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { ApiClient, until } from './api-client.js';
import { writeDocuments } from './service-documents.js';
import { serviceOptions } from './service-in-process.js';
import { temporary, type Temporary } from './temporary.js';

/** Damaged documents of the state are reported and set aside, and the service starts and works. */

const RUN = '20260102t030405678z-abcd';
const DIAGNOSTIC = '20260102t030405678z-efgh';

/** Valid documents of each kind, made by a service. */
const SOUND: Readonly<Record<string, unknown>> = {
  'governance.json': {
    v: 1,
    knobs: { mode: 'OBSERVE', budget: { max_actions_per_window: 3 } },
    audit: [{ at: '2026-01-02T03:04:05.678Z', who: '127.0.0.1', field: 'mode', from: null, to: 'OBSERVE' }],
  },
  'active-scenario.json': { v: 1, id: 'quick' },
  [`runs/${RUN}.json`]: {
    v: 1,
    id: RUN,
    plan: {
      name: 'quick',
      scenario: 'quick',
      cell: {},
      run_id: 'quick',
      gid: 'RING',
      ticks_total: 24,
      input_key: 'a'.repeat(64),
      documents: { run: 'b'.repeat(64), pfna: null },
      retain: 'full',
    },
    engine: { version: 'test', commit: null, node: 'v20', platform: 'test' },
    started_at: '2026-01-02T03:04:05.678Z',
    seen_at: '2026-01-02T03:04:06.678Z',
    ticks_seen: 7,
  },
  [`diagnostics/${DIAGNOSTIC}.json`]: {
    id: DIAGNOSTIC,
    profile: 'SMOKE',
    state: 'PASSED',
    started_at: '2026-01-02T03:04:05.678Z',
    ended_at: '2026-01-02T03:04:06.678Z',
    checks: [{ name: 'registry', status: 'PASSED', message: 'fine', run_ids: [] }],
  },
};

interface Lab {
  readonly state: string;
  readonly start: () => Promise<{ readonly api: ApiClient; readonly said: readonly string[] }>;
  readonly stop: () => Promise<void>;
}

function lab({ directory, atEnd }: Temporary, name: string): Lab {
  const root = join(directory, name);
  mkdirSync(root, { recursive: true });
  writeDocuments(root);
  const state = join(root, 'tree', '.service');
  mkdirSync(join(state, 'runs'), { recursive: true });
  mkdirSync(join(state, 'live'));
  mkdirSync(join(state, 'diagnostics'));
  for (const [file, value] of Object.entries(SOUND)) writeFileSync(join(state, file), JSON.stringify(value));
  let stop = (): Promise<void> => Promise.resolve();
  atEnd(() => stop());
  return {
    state,
    stop: () => stop(),
    start: async () => {
      const said: string[] = [];
      const machine = nodePlatform();
      // Processes end here, the machine does not.
      const platform = { ...machine, files: { ...machine.files, sync: () => Promise.resolve() } };
      const store = await openDiskStore({ root: join(root, 'tree'), platform });
      const options = await serviceOptions(root, {
        store,
        platform,
        onLog: ({ message }) => said.push(message),
      });
      const service = await Service.start(options).catch(async (error: unknown) => {
        await store.close();
        throw error;
      });
      stop = async (): Promise<void> => {
        stop = () => Promise.resolve();
        await service.close();
        await store.close();
      };
      return { api: await ApiClient.open(service.url), said };
    },
  };
}

/** The service performs everything for which it uses its state. */
async function works(t: Test, api: ApiClient, what: string): Promise<void> {
  const statuses = [
    (await api.get('/health')).status,
    (await api.get('/state')).status,
    (await api.get('/governance/audit')).status,
    (await api.get('/diagnostics')).status,
    (await api.get('/history')).status,
    (await api.post('/scenarios/quick/activate')).status,
  ];
  const etag = (await api.get('/governance')).headers.get('etag')!;
  statuses.push(
    (await api.post('/governance', { budget_knobs: { max_topology_changes: 5 } }, { 'if-match': etag }))
      .status,
  );
  if (statuses.some((status) => status !== 200)) t.strictSame(statuses, [], what);
  const { status, body } = await api.post<RunStatus>('/runs', { scenario_id: 'quick' });
  t.equal(status, 201, what);
  const end = await until(
    () => api.get<RunStatus>(`/runs/${body.run_id}`),
    (answer) => answer.body.state !== 'running',
  );
  t.equal(end.body.state, 'completed', what);
}

const TEXTS: Readonly<Record<string, string | Buffer>> = {
  null: 'null',
  'a list': '[]',
  'a number': '12',
  'a text': '"x"',
  'an empty object': '{}',
  nothing: '',
  'half of one': '{"v": 1, "kn',
  'bytes that are no text': Buffer.from([0, 255, 254, 1, 2, 3]),
  'another version': '{"v": 2}',
  'a prototype': '{"v": 1, "__proto__": {"id": "quick"}, "id": 5}',
  'deep nesting': `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
};

const isRoot = process.getuid?.() === 0;

/** Replaces a document by another kind of file. */
const KINDS: Readonly<Record<string, (path: string, outside: string) => unknown>> = {
  'a directory': (path) => mkdirSync(path),
  'a directory that is not empty': (path) => mkdirSync(join(path, 'x'), { recursive: true }),
  'a pipe': (path) => spawnSync('mkfifo', [path]),
  'a dangling link': (path) => symlinkSync('/nonexistent/at-all', path),
  'a link to a file elsewhere': (path, outside) => symlinkSync(outside, path),
  'a link to itself': (path) => symlinkSync(path, path),
  ...(isRoot
    ? {}
    : { 'an unreadable file': (path: string) => (writeFileSync(path, '{}'), chmodSync(path, 0)) }),
};

void t.test('damaged documents of any form are set aside', async (t) => {
  const place = temporary(t);
  const outside = join(place.directory, 'outside.json');
  writeFileSync(outside, JSON.stringify(SOUND['active-scenario.json']));
  const damages: (readonly [string, (path: string) => unknown])[] = [
    ...Object.entries(TEXTS).map(([what, text]) => [what, (p: string) => writeFileSync(p, text)] as const),
    ...Object.entries(KINDS).map(([what, make]) => [what, (p: string) => make(p, outside)] as const),
  ];
  for (const [index, [what, damage]] of damages.entries()) {
    const { state, start, stop } = lab(place, String(index));
    for (const file of Object.keys(SOUND)) {
      rmSync(join(state, file));
      damage(join(state, file));
    }
    const { api, said } = await start();
    for (const file of Object.keys(SOUND)) {
      const kept = `${file.replace('/', '-')}.1`;
      const line = said.find((message) => message.startsWith(`${file} in the state directory is damaged`));
      t.ok(line?.endsWith(`It is kept as damaged/${kept}`), `${file}: ${what}`, { said });
      t.ok(readdirSync(join(state, 'damaged')).includes(kept), `${file}: ${what}`);
    }
    await works(t, api, what);
    await stop();
    t.equal(
      readFileSync(outside, 'utf8'),
      JSON.stringify(SOUND['active-scenario.json']),
      'no file outside was written',
    );
    const again = await start();
    t.notOk(
      again.said.some((message) => /damaged/.test(message)),
      'said once',
    );
    await stop();
  }
});

void t.test('damaged directories of the state are set aside', async (t) => {
  const place = temporary(t);
  const outside = join(place.directory, 'outside');
  mkdirSync(outside);
  for (const [index, name] of ['runs', 'live', 'diagnostics', 'lock', 'damaged'].entries()) {
    for (const [what, make] of Object.entries({
      ...KINDS,
      'a file': (path: string, text: string) => writeFileSync(path, text),
    })) {
      if (/directory|elsewhere|unreadable/.test(what)) continue;
      const { state, start, stop } = lab(place, `${String(index)}-${what.replaceAll(' ', '-')}`);
      const path = join(state, name);
      rmSync(path, { recursive: true, force: true });
      make(path, outside);
      // Something to set aside, for `damaged` itself.
      writeFileSync(join(state, 'active-scenario.json'), 'null');
      const { api, said } = await start();
      if (name !== 'damaged')
        t.ok(
          said.some((message) => message.startsWith(`${name} in the`)),
          `${name}: ${what}`,
        );
      t.ok(
        said.some((message) => /kept as damaged\/active-scenario\.json\.1$/.test(message)),
        `${name}: ${what}`,
      );
      await works(t, api, `${name}: ${what}`);
      await stop();
    }
  }
});

void t.test('a socket and unknown names in the state are reported', async (t) => {
  const { state, start } = lab(temporary(t), 'lab');
  const server = createServer();
  // The path of a socket must be short when it is created.
  const short = join(mkdtempSync(join(tmpdir(), 's')), 's');
  await new Promise<void>((resolve) => server.listen(short, resolve));
  renameSync(short, join(state, 'runs', 'a.json'));
  t.teardown(() => server.close());
  mkdirSync(join(state, 'lock'));
  for (const file of ['runs/notes.txt', 'runs/UPPER.json', 'diagnostics/.hidden', 'lock/mine'])
    writeFileSync(join(state, file), '{}');
  const { api, said } = await start();
  for (const file of ['runs/a.json', 'runs/notes.txt', 'runs/UPPER.json', 'diagnostics/.hidden', 'lock/mine'])
    t.ok(
      said.some((message) => message.startsWith(`${file} in the state`)),
      file,
    );
  await works(t, api, 'with a socket');
});

void t.test('the audit log survives damage of another document, and records it', async (t) => {
  const place = temporary(t);
  const bogus = { ...(SOUND['governance.json'] as object), knobs: { mode: 'BOGUS', budget: {} } };
  for (const [index, text] of [JSON.stringify(bogus), 'null'].entries()) {
    const { state, start, stop } = lab(place, String(index));
    writeFileSync(join(state, 'governance.json'), text);
    const { api } = await start();
    const audit = async (client: ApiClient): Promise<AuditEntry[]> =>
      (await client.get<AuditEntry[]>('/governance/audit')).body;
    const [newest, ...older] = await audit(api);
    t.match(newest, { who: 'service', field: 'document', from: 'damaged/governance.json.1', to: null });
    t.equal(older.length, index === 0 ? 1 : 0);
    t.match((await api.get('/governance')).body, { set: [] }, 'the limits are the defaults');
    await stop();
    t.strictSame(await audit((await start()).api), [newest, ...older], 'also after a restart');
    await stop();
  }
});

void t.test('a damaged live log does not prevent its run from being recorded', async (t) => {
  const place = temporary(t);
  const outside = join(place.directory, 'secret.jsonl');
  writeFileSync(outside, '{"secret":1}\n');
  const shapes = {
    ...KINDS,
    'lines that are not entries': (path: string, text: string) =>
      writeFileSync(path, text + 'x\n[]\nnull\n{}\n{"timestamp":1}\n'),
    'bytes that are not text': (path: string) => writeFileSync(path, Buffer.alloc(2_000_000, 255)),
  };
  for (const [index, [what, make]] of Object.entries(shapes).entries()) {
    const { state, start, stop } = lab(place, String(index));
    make(join(state, 'live', `${RUN}.jsonl`), outside);
    writeFileSync(join(state, 'live', `${RUN}.tick`), index % 2 === 0 ? '9' : 'nonsense');
    const { api } = await start();
    const { body } = await api.get<HistoryEntry[]>('/history');
    t.match(body, [{ run_id: RUN, result: 'fault', ticks_completed: index % 2 === 0 ? 9 : 7 }], what);
    const logs = await api.get(`/runs/${RUN}/logs`);
    t.match(logs, { status: 200, body: { entries: [] } }, what);
    await stop();
  }
});

void t.test('mutated documents are read or set aside', async (t) => {
  const place = temporary(t);
  const values = [null, [], {}, -1, 1.5, 1e300, '', 'x', true, '../../x', 'a'.repeat(10_000), { v: 1 }, [[]]];
  let seed = 12345;
  const below = (limit: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * limit);
  };
  /** The value with one part replaced, removed or added. */
  const mutated = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || below(4) === 0) return values[below(values.length)];
    const copy = structuredClone(value) as Record<string, unknown>;
    const keys = Object.keys(copy);
    const key = keys[below(keys.length)];
    if (key === undefined || below(8) === 0) copy['added'] = values[below(values.length)];
    else if (below(6) === 0 && !Array.isArray(copy))
      return Object.fromEntries(Object.entries(copy).filter(([name]) => name !== key));
    else copy[key] = mutated(copy[key]);
    return copy;
  };
  for (let round = 0; round < 25; round++) {
    const { state, start, stop } = lab(place, String(round));
    for (const [file, sound] of Object.entries(SOUND))
      writeFileSync(join(state, file), JSON.stringify(mutated(sound)) ?? 'null');
    const { api, said } = await start();
    const what = `round ${String(round)}: ${said.join('; ')}`;
    await works(t, api, what);
    for (const run of (await api.get<DiagnosticRun[]>('/diagnostics')).body)
      t.equal((await api.get(`/diagnostics/${run.id}`)).status, 200, what);
    for (const { run_id } of (await api.get<HistoryEntry[]>('/history')).body)
      for (const path of [`/history/${run_id}`, `/runs/${run_id}/pillars`, `/runs/${run_id}/logs`])
        t.equal((await api.get(path)).status, 200, what);
    await stop();
    t.notOk(existsSync(join(state, 'lock')), 'no lock remains');
  }
});
