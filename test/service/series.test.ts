import { join } from 'node:path';
import t from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import type { ProblemDocument } from '../../lib/service/wire/index.js';
import type { FactsSource } from '../../lib/store/facts/facts-source.js';
import { openDiskStore, type ArtefactStore } from '../../lib/store/index.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun } from '../inspect/sample-store.js';
import { ApiClient } from './api-client.js';
import { changedStore } from './changed-store.js';
import { commandBytes } from './command-bytes.js';
import { openService } from './service-in-process.js';

void t.test('GET /series has the bytes of aether series', async (t) => {
  const { service, store, directory } = await openService(t);
  const root = join(directory, 'tree');
  await keepRun(store, sampleInputs({ ticks: 40, every: 8 }), { id: '20250101-full', name: 'ring[n=1]' });
  await keepRun(store, sampleInputs({ ticks: 24, every: 8, run_id: 'other' }), {
    id: '20250102-compact',
    name: 'ring[n=2]',
    retain: 'compact',
  });
  const api = await ApiClient.open(service.url);
  const bytes = async (query: string): Promise<Buffer> => {
    const answer = await fetch(`${api.url}/series?${query}`);
    t.equal(answer.status, 200, query);
    return Buffer.from(await answer.arrayBuffer());
  };
  const metrics = ['--metric', 'C_t,sum_u', '--metric', 'u[3]'];
  const asked = 'metric=C_t,sum_u&metric=u%5B3%5D';
  for (const format of ['csv', 'json', 'jsonl', 'parquet', 'arrow']) {
    const written = await commandBytes(root, ['series', ...metrics, '--format', format]);
    t.ok((await bytes(`${asked}&format=${format}`)).equals(written), format);
  }
  for (const [query, words] of [
    ['selector=ring%5Bn=1%5D&from=5&to=9', ['ring[n=1]', '--from', '5', '--to', '9']],
    ['shape=wide&every=4', ['--wide', '--every', '4']],
    ['shape=long&selector=ring%5Bn=2%5D&points=6', ['--long', '--points', '6', 'ring[n=2]']],
    ['where=retain=compact', ['--where', 'retain=compact']],
  ] as const) {
    const written = await commandBytes(root, ['series', ...metrics, '--format', 'csv', ...words]);
    t.equal((await bytes(`${asked}&format=csv&${query}`)).toString(), written.toString(), query);
  }
  const whole = await api.get<{ run: string; tick: number }[]>(`/series?${asked}`);
  t.equal(whole.body.length, 64);
  t.match(whole.body[0], { run: 'ring[n=1]', tick: 1 });
  const etag = whole.headers.get('etag')!;
  t.equal((await api.get(`/series?${asked}`, { 'if-none-match': etag })).status, 304);
  t.equal((await api.get(`/series?${asked}&from=2`, { 'if-none-match': etag })).status, 200);
  t.match(
    (await api.get(`/series?${asked}`, { accept: 'text/csv' })).headers.get('content-disposition'),
    /series\.csv/,
  );
  for (const [query, code, hint] of [
    ['', 'invalid-selection', 'sum_u'],
    ['metric=sum_v', 'invalid-selection', 'sum_u'],
    ['metric=u%5B99%5D', 'invalid-selection', '1 to 6'],
    ['metric=sum_u&selector=ring%5Bn=3%5D', 'invalid-selection', 'ring[n=1]'],
    ['metric=sum_u&from=9&to=5', 'invalid-selection', 'after'],
    ['metric=sum_u&every=2&points=5', 'invalid-selection', 'one of them'],
    ['metric=sum_u&points=1', 'invalid-request', 'points'],
    ['metric=sum_u&shape=deep', 'invalid-request', 'shape'],
  ] as const) {
    const { status, body } = await api.get<ProblemDocument>(`/series?${query}`);
    t.match({ status, code: body.code }, { status: 400, code }, query);
    t.ok(body.detail.includes(hint), body.detail);
  }
});

void t.test('a series reads each selected run once, and none if the client has the answer', async (t) => {
  let reads = 0;
  const { service, store } = await openService(t, async ({ directory }) => {
    const disk = await openDiskStore({ root: join(directory, 'tree'), platform: nodePlatform() });
    const source = disk.facts();
    const facts: FactsSource = {
      each: (use) => source.each(use),
      read: (id, place) => {
        reads++;
        return source.read(id, place);
      },
    };
    const changes: object = { facts: () => facts };
    return { store: changedStore(disk, changes as Partial<ArtefactStore>) };
  });
  const inputs = sampleInputs({ ticks: 8, every: 8 });
  await keepRun(store, inputs, { id: '20250101-one', name: 'ring[n=1]' });
  await keepRun(store, inputs, { id: '20250102-two', name: 'ring[n=2]' });
  const api = await ApiClient.open(service.url);
  for (const query of ['', '&where=ticks%3E=8']) {
    reads = 0;
    const { headers } = await api.get(`/series?metric=sum_u${query}`);
    t.equal(reads, 2, `once each${query}`);
    const known = { 'if-none-match': headers.get('etag')! };
    t.equal((await api.get(`/series?metric=sum_u${query}`, known)).status, 304);
    t.equal(reads, 2, `not again${query}`);
  }
});
