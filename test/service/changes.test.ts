import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import t, { type Test } from 'tap';
import type {
  ProblemDocument,
  WireBatchDiff,
  WireRemarks,
  WireTrend,
  WireTrends,
} from '../../lib/service/wire/index.js';
import { sampleBatch } from '../store/sample-batch.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun } from '../inspect/sample-store.js';
import { ApiClient } from './api-client.js';
import { openService } from './service-in-process.js';

/** The same answers as tables, chosen by Accept or by name, as text or typed. */
async function asTables(t: Test, url: string): Promise<void> {
  const diff = `${url}/batches/batch-0/diff/batch-1`;
  const trend = `${url}/history/ring/trend`;
  const csv = await fetch(diff, { headers: { accept: 'text/csv' } });
  t.match(csv.headers.get('content-disposition'), /filename="changes\.csv"/);
  t.equal(csv.headers.get('vary'), 'accept');
  const rows = parse(await csv.text(), { columns: true }) as Record<string, string>[];
  t.match(rows, [
    { run: 'added', change: 'added', id_before: '', state_after: 'completed' },
    { run: 'gone', change: 'gone', id_before: '20250101-a', state_after: '' },
    {
      run: 'ring[n=1]',
      change: 'changed',
      what: 'result',
      inputs: /^run \/ticks: 8 -> 9; run /,
      id_before: '20250101-a',
      id_after: '20250102-b',
      measured_ms_after: '20',
    },
  ]);
  const lines = (await (await fetch(`${trend}?format=jsonl&limit=2`)).text()).trimEnd().split('\n');
  t.match(
    lines.map((line) => JSON.parse(line) as object),
    [
      {
        batch: 'batch-1',
        result: 'changed',
        changed_runs: 1,
        first_changed_run: 'ring[n=1]',
        inputs: /^run \/ticks/,
      },
      { batch: 'batch-0', result: 'first', changed_runs: 0, first_changed_run: null, inputs: null },
    ],
  );
  for (const place of [diff, trend]) {
    const parquet = await fetch(place, { headers: { accept: 'application/vnd.apache.parquet' } });
    const file = await parquet.arrayBuffer();
    t.equal(
      (await parquetReadObjects({ file })).length,
      place === diff ? 3 : 2,
      'an independent reader reads it',
    );
    t.equal(
      (await fetch(`${place}?format=parquet`)).headers.get('content-type'),
      parquet.headers.get('content-type'),
    );
    t.equal((await fetch(place, { headers: { accept: 'image/png' } })).status, 406);
    t.match((await fetch(place)).headers.get('vary'), 'accept', 'caches keep one answer per format');
  }
  t.equal((await fetch(`${url}/batches/nosuch/diff/batch-1?format=csv`)).status, 404);
}

void t.test('two batches are compared, and the history of a name is shown', async (t) => {
  const { service, store } = await openService(t);
  const before = await keepRun(store, sampleInputs({ ticks: 8, every: 4 }), {
    id: '20250101-a',
    name: 'ring[n=1]',
  });
  const after = await keepRun(store, sampleInputs({ ticks: 9, every: 4 }), {
    id: '20250102-b',
    name: 'ring[n=1]',
  });
  for (const [n, run] of [before, after].entries()) {
    const { id, input_key, result_digest } = run;
    const outcome = {
      input_key,
      state: 'completed',
      run: id,
      result_digest,
      duration_ms: 20,
      ok: true,
    } as const;
    const extra =
      n === 0 ? { ...outcome, name: 'gone' } : { ...outcome, name: 'added', run: null, result_digest: null };
    await store.putBatch(
      sampleBatch({ id: `batch-${String(n)}`, outcomes: [{ ...outcome, name: 'ring[n=1]' }, extra] }),
    );
  }
  const api = await ApiClient.open(service.url);
  const diff = (await api.get<WireBatchDiff>('/batches/batch-0/diff/latest')).body;
  t.match(diff, { equal: false, counts: { added: 1, gone: 1, changed: 1, same: 0 } });
  t.match(
    diff.runs.find(({ name }) => name === 'ring[n=1]'),
    { cause: { documents: ['run'] }, unknown: null, first: { a: null } },
  );
  t.match((await api.get<WireBatchDiff>('/batches/batch-1/diff/batch-1')).body, { equal: true, runs: [] });
  const name = encodeURIComponent('ring[n=1]');
  const trend = (await api.get<WireTrend>(`/history/${name}/trend`)).body;
  t.match(trend, {
    of: 'run',
    entries: [
      { batch: 'batch-1', result: 'changed' },
      { batch: 'batch-0', result: 'first' },
    ],
  });
  t.match((await api.get<WireTrend>('/history/ring/trend?limit=1')).body, {
    of: 'scenario',
    more: true,
    entries: { length: 1 },
  });
  t.strictSame(
    (await api.get<WireTrend>('/history/ring/trend?since=2025-01-02')).body.entries,
    [],
    'no batch of an old store is that recent',
  );
  await asTables(t, service.url);
  const trends = (await api.get<WireTrends>('/trends?by=run&limit=2')).body;
  t.match(trends, { total: 3, more: false, batches: [{ batch_id: 'batch-0' }, { batch_id: 'batch-1' }] });
  t.match(trends.rows, [
    { name: 'added', cells: [null, { word: 'first', before: null }] },
    { name: 'gone', cells: [{ word: 'first' }, null] },
  ]);
  const rest = (await api.get<WireTrends>('/trends?by=run&offset=2')).body;
  t.match(rest, {
    offset: 2,
    rows: [{ name: 'ring[n=1]', cells: [{}, { word: 'changed', before: 'batch-0' }] }],
  });
  t.match((await api.get<WireTrends>('/trends?name=ring&manifest=m.yaml')).body, {
    total: 1,
    rows: [{ name: 'ring' }],
  });
  t.match((await api.get<WireTrends>('/trends?batches=1')).body, { more: true, batches: { length: 1 } });
  for (const [path, status, code] of [
    ['/trends?since=soon', 400, 'invalid-request'],
    ['/trends?by=tag', 400, 'invalid-request'],
    ['/trends?batches=101', 400, 'invalid-request'],
    ['/batches/none/diff/latest', 404, 'unknown-batch'],
    ['/batches/batch/diff/latest', 404, 'unknown-batch'],
    ['/history/none/trend', 404, 'unknown-run'],
    ['/history/ring/trend?since=soon', 400, 'invalid-request'],
    ['/history/ring/trend?limit=0', 400, 'invalid-request'],
  ] as const) {
    const refused = await api.get<ProblemDocument>(path);
    t.equal(refused.status, status, path);
    t.equal(refused.body.code, code, path);
  }
});

void t.test('labels and notes are read and added', async (t) => {
  const { service, store } = await openService(t);
  await keepRun(store, sampleInputs({ ticks: 4 }), { id: '20250101-a', name: 'ring' });
  const api = await ApiClient.open(service.url);
  const path = '/runs/20250101-a/remarks';
  t.strictSame((await api.get<WireRemarks>(path)).body, { run_id: '20250101-a', labels: {}, notes: [] });
  const odd = '=cmd,"a"\nb';
  const added = await api.post<WireRemarks>(path, { labels: { study: odd, team: 'a' }, note: 'first' });
  t.equal(added.status, 201);
  t.match(added.body, { labels: { study: odd, team: 'a' }, notes: [{ text: 'first' }] });
  t.strictSame((await api.post<WireRemarks>(path, { labels: { team: null } })).body.labels, { study: odd });
  t.equal((await store.remarks()).length, 2, 'both notes are kept');
  for (const body of [
    {},
    { labels: {} },
    { labels: { 'a b': 'x' } },
    { labels: { a: '' } },
    { note: '' },
    { other: 1 },
  ]) {
    t.equal((await api.post<ProblemDocument>(path, body)).status, 400, JSON.stringify(body));
  }
  t.equal((await api.post<ProblemDocument>('/runs/none/remarks', { note: 'x' })).status, 404);
  t.equal((await api.get<ProblemDocument>('/runs/none/remarks')).status, 404);
});
