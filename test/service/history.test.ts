import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type {
  Comparison,
  EntryVerdict,
  HistoryDetail,
  HistoryEntry,
  PillarStatus,
  ProblemDocument,
  RunStatus,
  RunState,
  Series,
  TickView,
  Topology,
  WindowView,
} from '../../lib/service/wire/index.js';
import { inputContradiction } from '../../lib/inspect/verify/input-contradiction.js';
import {
  importRun,
  MemoryStore,
  openArchive,
  openDiskStore,
  openStager,
  type ArtefactStore,
} from '../../lib/store/index.js';
import { summarise } from '../../lib/store/run-index.js';
import { HistoryIndex } from '../../lib/service/runs/history-index.js';
import { nodePlatform, systemClock } from '../../lib/platform/index.js';
import { sampleRun } from '../store/sample-run.js';
import { ApiClient, until } from './api-client.js';
import { changedStore } from './changed-store.js';
import { openService } from './service-in-process.js';
import { runId } from '../ids.js';

async function complete(api: ApiClient, body: object): Promise<string> {
  const { run_id } = (await api.post<RunStatus>('/runs', body)).body;
  await until(
    async () => (await api.get<RunStatus>(`/runs/${run_id}`)).body,
    ({ state }) => state !== 'running',
  );
  return run_id;
}

void t.test('a long history is paged and filtered, also while runs are added', async (t) => {
  const { service, store } = await openService(t);
  const stager = openStager(store.stager, nodePlatform());
  const add = async (n: number): Promise<void> => {
    const id = `20250101-${String(n).padStart(5, '0')}`;
    const state = n % 3 === 0 ? 'faulted' : 'completed';
    const ended_at = new Date(Date.UTC(2025, 0, 1, 0, 0, n)).toISOString();
    await store.publish(
      sampleRun(stager, { id, name: n % 2 === 0 ? 'even' : 'odd', state, ended_at, artefacts: {} }),
    );
  };
  await Promise.all(Array.from({ length: 500 }, (_, n) => add(n)));
  const api = await ApiClient.open(service.url);
  const all = async (): Promise<number> => (await api.get<HistoryEntry[]>('/history?limit=1000')).body.length;
  await until(all, (length) => length === 500);
  const seen: string[] = [];
  let next: string | undefined = '/history?limit=60&scenario_id=even&result=completed';
  for (let pages = 0; next !== undefined; pages++) {
    const page: { body: HistoryEntry[]; headers: Headers } = await api.get<HistoryEntry[]>(next);
    t.ok(page.body.every(({ scenario_id, result }) => scenario_id === 'even' && result === 'completed'));
    seen.push(...page.body.map(({ run_id }) => run_id));
    next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    if (pages === 0) await Promise.all([500, 501, 502].map(add));
  }
  const expected = Array.from({ length: 500 }, (_, n) => n).filter((n) => n % 2 === 0 && n % 3 !== 0);
  t.strictSame(
    seen,
    expected.reverse().map((n) => `20250101-${String(n).padStart(5, '0')}`),
  );
  const newest = await until(
    async () => (await api.get<HistoryEntry[]>('/history?limit=1')).body[0]!.run_id,
    (id) => id === '20250101-00502',
  );
  t.equal(newest, '20250101-00502', 'runs published by others appear');
  const span = '/history?limit=1000&since=2025-01-01T00:01:00.000Z&until=2025-01-01T00:01:09.000Z';
  t.equal((await api.get<HistoryEntry[]>(span)).body.length, 10);
  t.equal((await api.get<HistoryEntry[]>('/history?limit=1000&name=odd')).body.length, 251);
  const other = Buffer.from('k:another list').toString('base64url');
  t.match((await api.get<ProblemDocument>(`/history?cursor=${other}`)).body, { code: 'invalid-cursor' });
  const broken = (await api.get<HistoryDetail>('/history/20250101-00501')).body;
  t.equal(broken.record?.['result_digest'], null, 'a run without artefacts has no result');
});

void t.test('a run requested during its publication is in the history after its end', async (t) => {
  let published = (): void => undefined;
  let release = (): void => undefined;
  const inTree = new Promise<void>((resolve) => (published = resolve));
  const held = new Promise<void>((resolve) => (release = resolve));
  let now = 0;
  const platform = { ...nodePlatform(), clock: { ...systemClock, monotonic: () => now } };
  const { service } = await openService(t, async ({ directory }) => {
    const store = await openDiskStore({ root: join(directory, 'tree'), platform });
    const publish: ArtefactStore['publish'] = async (run) => {
      await store.publish(run);
      published();
      await held;
    };
    return { platform, store: changedStore(store, { publish }) };
  });
  const api = await ApiClient.open(service.url);
  const { run_id } = (await api.post<RunStatus>('/runs', { scenario_id: 'quick' })).body;
  await inTree;
  now += 60_000;
  t.strictSame((await api.get<HistoryEntry[]>('/history')).body, [], 'it has not ended yet');
  release();
  await until(
    async () => (await api.get<RunStatus>(`/runs/${run_id}`)).body,
    ({ state }) => state === 'completed',
  );
  t.match((await api.get<HistoryEntry[]>('/history')).body, [{ run_id }]);
});

void t.test('a list of other runs differs, even with the same length and newest run', async (t) => {
  const stager = openStager(new MemoryStore().stager, nodePlatform());
  const { record } = sampleRun(stager, { id: 'sample', artefacts: {} });
  const listed = (...ids: string[]) => ids.map((id) => summarise({ ...record, id: runId(id) }));
  let runs = listed('20250101-00001', '20250101-00003');
  const store = Object.assign(new MemoryStore(), { runSummaries: () => runs });
  const book = new HistoryIndex(store, () => 0);
  await book.runs();
  const { version } = book;
  book.invalidate();
  await book.runs();
  t.equal(book.version, version, 'the same list');
  runs = listed('20250101-00002', '20250101-00003');
  book.invalidate();
  await book.runs();
  t.not(book.version, version);
});

void t.test('ticks, series, windows, ledger, envelopes and graph of a run can be read', async (t) => {
  const { service } = await openService(t);
  const api = await ApiClient.open(service.url);
  const id = await complete(api, { scenario_id: 'quick' });
  const tick = (await api.get<TickView>(`/runs/${id}/ticks/8`)).body;
  t.equal(tick.ledger['tick'], 8);
  t.equal(tick.i_block!['tick'], 8);
  t.equal((await api.get<ProblemDocument>(`/runs/${id}/ticks/25`)).status, 404);
  const sums = (await api.get<Series>(`/runs/${id}/series?metric=sum_u`)).body;
  t.strictSame(
    sums.values,
    Array.from({ length: 24 }, () => 50),
  );
  for (const metric of ['max_abs_u', 'sum_abs_flux', 'active_edges', 'C_t', 's_t']) {
    const series = (await api.get<Series>(`/runs/${id}/series?metric=${metric}&from=5&to=20&points=4`)).body;
    const every = (await api.get<Series>(`/runs/${id}/series?metric=${metric}&from=5&to=20`)).body;
    t.strictSame([every.stride, every.ticks.length], [1, 16], metric);
    const [values, shown] = [every.values as number[], series.values as number[]];
    t.strictSame([series.stride, series.from, series.to], [16, 5, 20], metric);
    t.strictSame([series.ticks[0], series.ticks.at(-1)], [5, 20], `${metric} has both ends`);
    t.strictSame(
      [Math.min(...shown), Math.max(...shown)],
      [Math.min(...values), Math.max(...values)],
      `${metric} has its extremes`,
    );
    t.ok(
      series.ticks.every((at, n) => shown[n] === values[at - 5]),
      `${metric} has its extremes at their ticks`,
    );
  }
  const heat = (await api.get<Series>(`/runs/${id}/series?metric=u`)).body;
  t.strictSame(heat.nodes, [1, 2, 3, 4, 5]);
  t.strictSame(heat.node_counts, [1, 1, 1, 1, 1]);
  t.strictSame(heat.values[7], tick.ledger['post_u']);
  t.notOk('least' in heat, 'one node at one tick is its own extreme');
  const last = (await api.get<RunState>(`/runs/${id}/state`)).body;
  t.strictSame([last.tick, last.live, last.u], [24, false, heat.values.at(-1)]);
  const windows = (await api.get<WindowView[]>(`/runs/${id}/windows`)).body;
  t.strictSame(
    windows.map(({ start_tick, end_tick, primary }) => [start_tick, end_tick, primary]),
    [
      [1, 8, true],
      [9, 16, false],
      [17, 24, false],
    ],
  );
  t.ok(windows.every(({ manifest, candidates }) => manifest !== null && candidates !== null));
  t.equal((await api.get<unknown[]>(`/runs/${id}/ledger?from=3&to=7`)).body.length, 5);
  t.equal((await api.get<unknown[]>(`/runs/${id}/chain?from=8&to=8`)).body.length, 2);
  t.equal((await api.get<unknown[]>(`/runs/${id}/envelopes?tick=3&layer=DATA`)).body.length, 1);
  t.equal((await api.get<unknown[]>(`/runs/${id}/envelopes`)).body.length, 27);
  const graph = (await api.get<Topology>(`/runs/${id}/topology`)).body;
  t.strictSame([graph.nodes.length, graph.edges.length], [5, 5]);
  t.strictSame((await api.get<unknown[]>(`/runs/${id}/motifs`)).body, []);
  for (let at = 1; at <= 24; at++) {
    const verdict = (await api.get<EntryVerdict>(`/runs/${id}/ledger/${String(at)}/verify`)).body;
    t.ok(verdict.ok, `entry ${String(at)} agrees with the artefacts`);
  }
});

void t.test('a governed run has motifs, proposals and their pillar cards', async (t) => {
  const { service } = await openService(t);
  const api = await ApiClient.open(service.url);
  const id = await complete(api, { scenario_id: 'governed' });
  const motifs = (await api.get<unknown[]>(`/runs/${id}/motifs`)).body;
  t.ok(motifs.length > 0);
  t.equal((await api.get<unknown[]>(`/runs/${id}/proposals`)).body.length, motifs.length);
  const codex = (await api.get<PillarStatus[]>(`/runs/${id}/pillars`)).body.find(
    ({ pillar_id }) => pillar_id === 'codex',
  );
  t.match(codex, { governance_mode: 'OBSERVE', metrics: { motifs: motifs.length, approved: 0 } });
});

void t.test('two runs are compared up to the first difference', async (t) => {
  const { service } = await openService(t);
  const api = await ApiClient.open(service.url);
  const a = await complete(api, { scenario_id: 'quick' });
  const b = await complete(api, { scenario_id: 'quick' });
  const c = await complete(api, { scenario_id: 'quick', overrides: { ticks_total: 32 } });
  t.match((await api.get<Comparison>(`/compare?a=${a}&b=${b}`)).body, { equal: true, divergence: null });
  const other = (await api.get<Comparison>(`/compare?a=${a}&b=${c}`)).body;
  t.equal(other.equal, false);
  t.ok(other.divergence !== null && other.inputs.length > 0);
  t.equal((await api.get(`/compare?a=${a}&b=unknown`)).status, 404);
});

void t.test('an export is verified by standard tools and imported again', async (t) => {
  const { service, directory } = await openService(t);
  const api = await ApiClient.open(service.url);
  const id = await complete(api, { scenario_id: 'quick' });
  const unpack = { zip: ['unzip', ['-q']], tar: ['tar', ['-xf']] } as const;
  for (const format of ['zip', 'tar'] as const) {
    const answer = await fetch(`${service.url}/history/${id}/export?format=${format}`);
    t.equal(answer.headers.get('content-disposition'), `attachment; filename="${id}.${format}"`);
    t.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    const file = join(directory, `${id}.${format}`);
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    const [tool, args] = unpack[format];
    if (!hasTool(tool) || !hasTool('sha256sum')) {
      t.pass(`no ${tool} here`, { skip: `${tool} and sha256sum are needed` });
      continue;
    }
    execFileSync(tool, [...args, file], { cwd: directory });
    const names = readdirSync(join(directory, id));
    for (const name of [
      'run.json',
      'inputs.json',
      'u_ledger.jsonl',
      'log.jsonl',
      'introspection.json',
      'golden.json',
      'session.json',
    ])
      t.ok(names.includes(name), `${format}: ${name}`);
    execFileSync('sha256sum', ['-c', '--strict', '--quiet', 'SHA256SUMS'], { cwd: join(directory, id) });
    const platform = nodePlatform();
    const store = await openDiskStore({ root: join(directory, `again-${format}`), platform });
    const stager = openStager(store.stager, platform);
    const record = await importRun(
      { store, stager, contradiction: inputContradiction },
      openArchive(platform.files, file),
    );
    t.equal(record.id, id);
    t.equal(record.answers, true, 'its record agrees with its ref');
    await store.close();
    execFileSync('rm', ['-r', id], { cwd: directory });
  }
});

function hasTool(tool: string): boolean {
  try {
    execFileSync(tool, [tool === 'unzip' ? '-v' : '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
