import t from 'tap';
import { sha256, type Digest } from '../../lib/base/digest.js';
import { trendGrid, type TrendGrid } from '../../lib/inspect/history/index.js';
import { MemoryStore, type BatchRecord } from '../../lib/store/index.js';
import { sampleBatch } from '../store/sample-batch.js';

type Outcome = BatchRecord['outcomes'][number];

const A = sha256('a');
const B = sha256('b');

function outcome(name: string, result_digest: Digest | null, part: Partial<Outcome> = {}): Outcome {
  return {
    name,
    input_key: A,
    state: 'completed',
    run: null,
    result_digest,
    duration_ms: 1,
    ok: true,
    ...part,
  };
}

async function nights(...batches: readonly (readonly Outcome[])[]): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const [n, outcomes] of batches.entries()) {
    const started_at = new Date(Date.UTC(2025, 0, 1 + n)).toISOString();
    await store.putBatch(sampleBatch({ id: `night-${String(n).padStart(2, '0')}`, started_at, outcomes }));
  }
  return store;
}

function words({ rows }: TrendGrid): Record<string, string> {
  return Object.fromEntries(
    rows.map(({ name, cells }) => [name, cells.map((cell) => cell?.word ?? '-').join(' ')]),
  );
}

const CACHED = { state: 'cached', duration_ms: 0 } as const;
const FAILED = { ok: false, state: 'failed' } as const;

void t.test('the grid has a row for each run name', async (t) => {
  const store = await nights(
    [outcome('steady', A), outcome('moved', A), outcome('broken', A)],
    [outcome('steady', A), outcome('moved', B), outcome('broken', null, FAILED)],
    [outcome('steady', A, CACHED), outcome('late', A), outcome('broken', A)],
    [outcome('steady', A), outcome('moved', A), outcome('broken', B, FAILED)],
  );
  const grid = await trendGrid(store, { by: 'run', limit: 10 });
  t.strictSame(words(grid), {
    broken: 'first failed same failed',
    late: '- - first -',
    moved: 'first changed - changed',
    steady: 'first same cached same',
  });
  t.strictSame(
    grid.batches.map(({ batch_id }) => batch_id),
    ['night-00', 'night-01', 'night-02', 'night-03'],
    'the earliest first',
  );
  const moved = grid.rows.find(({ name }) => name === 'moved')!;
  t.strictSame(
    moved.cells.map((cell) => cell?.before),
    [null, 'night-00', undefined, 'night-01'],
    'the previous batch is the last one with the name',
  );
  t.equal(grid.more, false);
});

void t.test('a scenario shows the worst state of its runs, with counts', async (t) => {
  const cells = (...results: readonly (Digest | null)[]): Outcome[] =>
    results.map((result, n) => outcome(`ring[n=${String(n)}]`, result, result === null ? FAILED : {}));
  const store = await nights(cells(A, A, A), cells(A, B, A), cells(A, B, null), [
    ...cells(A, B).map((one) => ({ ...one, ...CACHED })),
    outcome('other', A),
  ]);
  const { rows } = await trendGrid(store, { by: 'scenario', limit: 10 });
  t.match(rows, [
    { name: 'other', cells: [null, null, null, { word: 'first' }] },
    {
      name: 'ring',
      cells: [
        { word: 'first', runs: 3 },
        { word: 'changed', changed: 1, failed: 0 },
        { word: 'failed', changed: 0, failed: 1 },
        { word: 'cached', runs: 2 },
      ],
    },
  ]);
});

void t.test('a limited grid compares with earlier batches and reports that there are more', async (t) => {
  const store = await nights([outcome('x', A)], [outcome('x', A)], [outcome('x', B)], [outcome('x', B)]);
  const last = await trendGrid(store, { by: 'run', limit: 1 });
  t.match(last, { more: true, rows: [{ cells: [{ word: 'same', before: 'night-02' }] }] });
  t.strictSame(words(await trendGrid(store, { by: 'run', limit: 2 })), { x: 'changed same' });
  const since = await trendGrid(store, { by: 'run', limit: 9, since: '2025-01-03T00:00:00Z' });
  t.strictSame(words(since), { x: 'changed same' });
  t.strictSame((await trendGrid(store, { by: 'run', limit: 9, name: 'y' })).rows, []);
  t.strictSame((await trendGrid(store, { by: 'run', limit: 9, manifest: 'other.yaml' })).batches, []);
  t.strictSame(await trendGrid(new MemoryStore(), { by: 'run', limit: 9 }), {
    batches: [],
    rows: [],
    more: false,
  });
});
