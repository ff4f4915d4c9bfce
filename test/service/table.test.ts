import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { parquetReadObjects } from 'hyparquet';
import t, { type Test } from 'tap';
import type { ProblemDocument, WireTablePage } from '../../lib/service/wire/index.js';
import { ApiClient } from './api-client.js';
import { commandBytes } from './command-bytes.js';
import { openService } from './service-in-process.js';
import { keepSweep, writeSweep } from './swept-store.js';
import { runId } from '../ids.js';

const SWEEP = { ticks: [8, 64, 512], profiles: ['cmp-0', 'cmp-1'] };

async function opened(t: Test) {
  const { service, store, directory } = await openService(t);
  const records = await keepSweep(store, SWEEP);
  return { api: await ApiClient.open(service.url), store, records, root: join(directory, 'tree') };
}

/** One service for all tests of this file; the last ones add runs. */
const shared = opened(t);

function written(root: string, words: readonly string[]): Promise<Buffer> {
  return commandBytes(root, ['table', ...words]);
}

async function bytesOf(api: ApiClient, path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${api.url}${path}`, { headers });
  return {
    status: answer.status,
    headers: answer.headers,
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
}

void t.test('GET /table has the bytes of aether table in every format', async (t) => {
  const { api, root } = await shared;
  for (const format of ['json', 'csv', 'tsv', 'jsonl', 'markdown', 'parquet', 'arrow']) {
    const answer = await bytesOf(api, `/table?format=${format}`);
    t.ok(answer.bytes.equals(await written(root, ['--format', format])), format);
  }
  for (const [query, words] of [
    ['selector=ring[[]*&sort=-press_bits&limit=2', ['ring[[]*', '--sort', '-press_bits', '--limit', '2']],
    [
      'scenario=ring&where=ticks>=64&where=profile=cmp-1',
      ['--scenario', 'ring', '--where', 'ticks>=64', '--where', 'profile=cmp-1'],
    ],
    ['columns=run,press*&offset=2&limit=3', ['--columns', 'run,press*', '--offset', '2', '--limit', '3']],
    ['sort=-ticks,profile&offset=5', ['--sort', '-ticks,profile', '--offset', '5']],
    [
      'group_by=profile&agg=mean,max&agg=count&columns=press_bits&offset=1',
      ['--group-by', 'profile', '--agg', 'mean,max,count', '--columns', 'press_bits', '--offset', '1'],
    ],
    ['state=completed,faulted&since=2024-01-01', ['--state', 'completed,faulted', '--since', '2024-01-01']],
    ['all_executions=true&where=ticks>9000', ['--all-executions', '--where', 'ticks>9000']],
  ] as const) {
    const encoded = query.replaceAll('>', '%3E').replaceAll('[', '%5B');
    const { status, bytes } = await bytesOf(api, `/table?format=csv&${encoded}`);
    t.equal(status, 200, query);
    t.equal(bytes.toString(), (await written(root, ['--format', 'csv', ...words])).toString(), query);
  }
});

void t.test('Accept selects the format, and independent readers read it', async (t) => {
  const { api } = await shared;
  const path = '/table?columns=run,ticks,press_bits&sort=run';
  const json = (await api.get<{ run: string; press_bits: number }[]>(path)).body;
  t.equal(json.length, 6);
  for (const [accept, type] of [
    ['*/*', 'application/json'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json'],
    ['text/csv', 'text/csv'],
    ['application/json;q=0.5, text/csv', 'text/csv'],
    ['application/x-ndjson', 'application/x-ndjson'],
    ['text/*', 'text/csv'],
  ] as const) {
    const { headers } = await api.get(path, { accept });
    t.equal(headers.get('content-type')?.split(';')[0], type, accept);
    t.equal(headers.get('vary'), 'accept');
  }
  const named = await api.get(`${path}&format=csv`, { accept: 'application/json' });
  t.match(named.headers.get('content-type'), /^text\/csv/, 'format takes precedence over Accept');
  t.match(named.headers.get('content-disposition'), /runs\.csv/);
  const none = await api.get<ProblemDocument>(path, { accept: 'image/png' });
  t.match(none, { status: 406, body: { code: 'not-acceptable' } });
  const parquet = await bytesOf(api, path, { accept: 'application/vnd.apache.parquet' });
  const file = parquet.bytes.buffer.slice(
    parquet.bytes.byteOffset,
    parquet.bytes.byteOffset + parquet.bytes.length,
  ) as ArrayBuffer;
  t.strictSame(await parquetReadObjects({ file }), json);
  const arrow = await bytesOf(api, path, { accept: 'application/vnd.apache.arrow.file' });
  t.strictSame(
    tableFromIPC(arrow.bytes)
      .toArray()
      .map((row: { toJSON(): object }) => ({ ...row.toJSON() })),
    json,
  );
});

void t.test('an invalid selection is refused with near names', async (t) => {
  const { api } = await shared;
  for (const [query, code, near] of [
    ['where=tickz>=32', 'invalid-selection', 'ticks'],
    ['columns=run,pres_bits', 'invalid-selection', 'press_bits'],
    ['columns=zzz*', 'invalid-selection', undefined],
    ['sort=-press_bit', 'invalid-selection', 'press_bits'],
    ['group_by=profil', 'invalid-selection', 'profile'],
    ['agg=mean', 'invalid-selection', undefined],
    ['where=ticks', 'invalid-selection', undefined],
    ['where=ticks>many', 'invalid-selection', undefined],
    ['scenario=rings', 'invalid-selection', 'ring'],
    ['selector=ring%5Bticks=9,profile=cmp-0%5D', 'invalid-selection', 'ring[ticks=8,profile=cmp-0]'],
    ['batch=latest', 'invalid-selection', undefined],
    ['manifest=nothing.yaml', 'invalid-selection', undefined],
    ['tag=nothing', 'invalid-selection', undefined],
    ['state=done', 'invalid-request', undefined],
    ['group_by=profile&agg=median', 'invalid-request', undefined],
    ['since=soon', 'invalid-request', undefined],
    ['limit=0', 'invalid-request', undefined],
    ['offset=-1', 'invalid-request', undefined],
    ['format=xlsx', 'invalid-request', undefined],
    ['colums=run', 'invalid-request', undefined],
    ['batch=a&batch=b', 'invalid-request', undefined],
  ] as const) {
    for (const path of ['/table', '/table/page']) {
      const { status, body } = await api.get<ProblemDocument>(`${path}?${query}`);
      t.equal(status, 400, `${path}?${query}`);
      if (path === '/table') t.equal(body.code, code, query);
      if (near !== undefined) {
        t.ok(body.near?.includes(near), `${query}: ${String(body.near)}`);
        t.ok(body.detail.includes(near), body.detail);
      }
    }
  }
  const empty = await api.get<unknown[]>('/table?where=ticks%3E9000');
  t.match(empty, { status: 200, body: [] }, 'an empty selection is an empty table');
  const planned = await api.get<unknown[]>('/table?tag=ring&manifest=service-tests');
  t.strictSame(planned.body, [], 'a scenario without runs');
});

void t.test('a limited table reports the rest, and its Link leads to it', async (t) => {
  const { api } = await shared;
  const whole = (await api.get<object[]>('/table?sort=-press_bits')).body;
  const rows: object[] = [];
  let pages = 0;
  for (let next: string | undefined = '/table?sort=-press_bits&limit=4'; next !== undefined; pages++) {
    const page: { body: object[]; headers: Headers } = await api.get<object[]>(next);
    t.equal(page.headers.get('x-total-count'), '6');
    rows.push(...page.body);
    next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
  }
  t.equal(pages, 2);
  t.strictSame(rows, whole);
  t.equal((await api.get('/table')).headers.get('x-total-count'), null, 'without a limit all rows are sent');
});

void t.test('an ETag identifies the tree and the query', async (t) => {
  const { api, store, records } = await shared;
  const first = await bytesOf(api, '/table?columns=run');
  const etag = first.headers.get('etag')!;
  t.match(etag, /^"[0-9a-f]+"$/);
  const again = await bytesOf(api, '/table?columns=run', { 'if-none-match': `"x", W/${etag}` });
  t.match(again, { status: 304, bytes: { length: 0 } });
  t.equal(again.headers.get('etag'), etag);
  for (const other of ['/table?columns=id', '/table?columns=run&format=csv', '/table?columns=run&limit=9']) {
    t.equal((await bytesOf(api, other, { 'if-none-match': etag })).status, 200, other);
  }
  const head = await fetch(`${api.url}/table?columns=run`, { method: 'HEAD' });
  t.equal(head.headers.get('etag'), etag);
  t.match(head.headers.get('content-type'), /^application\/json/);
  const record = { ...records[0]!, id: runId('20250301-later'), name: 'ring[ticks=9,profile=cmp-0]' };
  await store.publish({ record, blobs: [], cacheable: false });
  let answer = again;
  while (answer.status === 304) answer = await bytesOf(api, '/table?columns=run', { 'if-none-match': etag });
  t.equal(answer.status, 200, 'another run changes the ETag');
  t.equal((JSON.parse(answer.bytes.toString()) as object[]).length, 7);
  await store.addRemark({
    id: 'remark-1',
    at: '2025-03-01T00:00:00.000Z',
    by: 'somebody',
    runs: [runId(record.id)],
    labels: { team: 'press' },
  });
  const labelled = await api.get<object[]>('/table?columns=run,label.team&where=label.team=press');
  t.strictSame(
    labelled.body,
    [{ run: record.name, 'label.team': 'press' }],
    'another label changes the ETag',
  );
});

void t.test('the cost of a page of a large table depends only on its rows', async (t) => {
  const { api, root, records } = await shared;
  writeSweep(root, records[0]!, 300);
  const page = async (query: string): Promise<WireTablePage> =>
    (await api.get<WireTablePage>(`/table/page?scenario=many&${query}`)).body;
  let first = await page('columns=run,n,id&sort=-n&limit=3');
  // The list of the tree is cached for a moment.
  while (first.total !== 300) first = await page('columns=run,n,id&sort=-n&limit=3');
  t.match(first, {
    columns: [
      { name: 'run', type: 'text', is_axis: false },
      { name: 'n', type: 'any', is_axis: true },
      { name: 'id', is_axis: false },
    ],
    total: 300,
    offset: 0,
  });
  t.strictSame(
    first.rows.map(([run, n]) => [run, n]),
    [299, 298, 297].map((n) => [`many[n=${String(n)}]`, n]),
  );
  const deep = await page('columns=n&sort=-n&offset=290&limit=1000');
  t.strictSame(
    deep.rows.map(([n]) => n),
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
  );
  t.strictSame((await page('columns=n&offset=500')).rows, [], 'beyond the end');
  t.ok(first.available.includes('press_bits.W1.S1') && first.available_total === first.available.length);
  const filtered = await page('columns=n&where=n%3C20&where=n!=7&offset=5&limit=4');
  t.strictSame(filtered, { ...filtered, total: 19, rows: [[14], [15], [16], [17]] });
  t.equal((await api.get('/table/page?limit=1001')).status, 400, 'the schema has the maximum');
});
