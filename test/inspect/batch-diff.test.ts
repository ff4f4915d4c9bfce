import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { comparisonRows } from '../../lib/batch/report/comparison-rows.js';
import {
  diffBatches,
  sideOfRecord,
  SPEED_THRESHOLD,
  type BatchDiff,
  type BatchSide,
  type SideRun,
} from '../../lib/inspect/batch-diff/index.js';
import { diffRuns } from '../../lib/inspect/index.js';
import { MemoryStore, type RunRecord } from '../../lib/store/index.js';
import { draws } from '../store/draws.js';
import { sampleBatch } from '../store/sample-batch.js';
import { sampleInputs, type SampleOptions } from './sample-inputs.js';
import { keepRun, mustOpen } from './sample-store.js';

function outcome(
  name: string,
  run: RunRecord,
  change: object = {},
): Parameters<typeof sampleBatch>[0]['outcomes'] {
  const { id, input_key, result_digest } = run;
  const told = { ok: true, measured_ms: 20, failure: null };
  return [
    { name, input_key, state: 'completed', run: id, result_digest, duration_ms: 20, ...told, ...change },
  ];
}

void t.test('each change between two batches is reported with tick, field and cause', async (t) => {
  const store = new MemoryStore();
  const short = { ticks: 20, every: 5 };
  const base = await keepRun(store, sampleInputs(short), { id: 'base' });
  const widened = await keepRun(store, sampleInputs({ ...short, k: { 5: 3 } }), { id: 'widened' });
  const longer = await keepRun(store, sampleInputs({ ...short, ticks: 25 }), {
    id: 'longer',
    engine: '1.1.0',
  });
  const again = await keepRun(store, sampleInputs(short), { id: 'again' });
  const bad = await keepRun(store, sampleInputs({ ...short, initial: [9, 1, 0, 0, 0, 0] }), { id: 'bad' });
  const first = sampleBatch({
    id: 'night-1',
    outcomes: [
      ...outcome('behaviour', base)!,
      ...outcome('engine', base)!,
      ...outcome('fails', base)!,
      ...outcome('gone[ticks=8]', base)!,
      ...outcome('same', base)!,
      ...outcome('slow', base)!,
      ...outcome('topology', base)!,
    ],
  });
  const failed = { state: 'timed_out', ok: false, run: null, result_digest: null, measured_ms: null };
  const second = sampleBatch({
    id: 'night-2',
    outcomes: [
      ...outcome('added[ticks=16]', base)!,
      // Other bytes for the same inputs: the key of the first batch with another result.
      ...outcome('behaviour', bad, { input_key: base.input_key })!,
      ...outcome('engine', longer)!,
      ...outcome('fails', base, { ...failed, failure: 'did not finish within 5 ms' })!,
      ...outcome('same', base, { state: 'cached', measured_ms: 900 })!,
      ...outcome('slow', again, { measured_ms: 400 })!,
      ...outcome('topology', widened)!,
    ],
  });
  const diff = await diffBatches(store, sideOfRecord(first), sideOfRecord(second));
  t.match(diff, {
    v: 1,
    kind: 'BatchDiff',
    a: { batch: 'night-1' },
    b: { batch: 'night-2' },
    equal: false,
    counts: { added: 1, gone: 1, changed: 4, same: 2, same_with_other_inputs: 0, faster: 0, slower: 1 },
    engines: [{ a: '1.0.0', b: '1.1.0', runs: 1 }],
  });
  const rows = new Map(comparisonRows(diff).map((row) => [row.name, row]));
  t.same(
    [...rows.keys()],
    ['behaviour', 'engine', 'fails', 'topology', 'gone[ticks=8]', 'added[ticks=16]', 'slow'],
  );
  t.match(rows.get('topology'), {
    difference: /^tick 2, umx_ledger \/edges\/4\/raw: /,
    causes: ['topology /edges/4/k: 2 -> 3'],
  });
  t.match(rows.get('engine'), { causes: ['engine version: 1.0.0 -> 1.1.0', 'run /ticks: 20 -> 25'] });
  t.match(rows.get('fails'), {
    difference:
      /^completed -> timed out \(did not finish within 5 ms\); .* the second batch recorded no run$/,
  });
  t.match(rows.get('slow'), { change: 'slower', time: '20 ms -> 400 ms', difference: '' });
  t.match(rows.get('behaviour'), { difference: /^tick 1, umx_ledger \/pre_u\/0: 640 -> 9$/ });
});

void t.test('an unreadable run is reported and does not hide other runs', async (t) => {
  const store = new MemoryStore();
  const a = await keepRun(store, sampleInputs({ ticks: 4 }), { id: 'a' });
  const b = await keepRun(store, sampleInputs({ ticks: 5 }), { id: 'b' });
  const [before, after] = [a, b].map((run, n) =>
    sideOfRecord(
      sampleBatch({
        id: `batch-${String(n)}`,
        outcomes: [...outcome('lost', run, { run: `gone-${String(n)}` })!, ...outcome('seen', run)!],
      }),
    ),
  );
  const diff = await diffBatches(store, before!, after!);
  t.match(diff.runs, [
    { name: 'lost', change: 'changed', cause: null, first: null, unknown: 'there is no run gone-0' },
    { name: 'seen', change: 'changed', unknown: null, cause: { documents: ['run'] } },
  ]);
});

void t.test('a batch equals itself, and empty batches are equal', async (t) => {
  const store = new MemoryStore();
  const run = await keepRun(store, sampleInputs({ ticks: 4 }), { id: 'a' });
  const side = sideOfRecord(sampleBatch({ id: 'one', outcomes: outcome('x', run)! }));
  t.match(await diffBatches(store, side, side), { equal: true, runs: [], counts: { same: 1 } });
  const empty = sideOfRecord(sampleBatch({ id: 'none' }));
  t.match(await diffBatches(store, empty, empty), { equal: true, runs: [] });
});

/** Runs that differ in one respect or another, from which batches are drawn. */
const POOL: readonly (SampleOptions & { readonly engine?: string })[] = [
  { ticks: 8, every: 4 },
  { ticks: 8, every: 4, k: { 2: 5 } },
  { ticks: 8, every: 2 },
  { ticks: 10, every: 4 },
  { ticks: 8, every: 4, initial: [7, 1, 0, 0, 2, 0] },
  { ticks: 8, every: 4, k: { 2: 5 }, engine: '2.0.0' },
];

void t.test('200 pairs of batches agree with a naive comparison', async (t) => {
  const store = new MemoryStore();
  const pool: RunRecord[] = [];
  for (const [n, { engine, ...options }] of POOL.entries()) {
    const record = await keepRun(store, sampleInputs(options), {
      id: `run-${String(n)}`,
      engine: engine ?? '1.0.0',
    });
    // The engine's version is part of the key, as in the planner.
    pool.push({ ...record, input_key: sha256(`${record.input_key} ${engine ?? ''}`) });
  }
  const firstTicks = new Map<string, number | null>();
  for (const a of pool) for (const b of pool) firstTicks.set(`${a.id} ${b.id}`, await firstTick(store, a, b));
  let seen = { changed: 0, added: 0, gone: 0, slower: 0, faster: 0 };
  for (let seed = 1; seed <= 200; seed++) {
    const draw = draws(seed);
    const [a, b] = [drawnSide('a', pool, draw), drawnSide('b', pool, draw)];
    const diff = await diffBatches(store, a, b);
    const { counts } = diff;
    seen = Object.fromEntries(
      Object.entries(seen).map(([key, sum]) => [key, sum + counts[key as 'added']]),
    ) as typeof seen;
    t.same(summary(diff), naive(a, b, { pool, firstTicks }), `seed ${String(seed)}`);
  }
  for (const [kind, count] of Object.entries(seen)) t.ok(count > 100, `${kind}: ${String(count)} drawn`);
});

function drawnSide(batch: string, pool: readonly RunRecord[], draw: () => number): BatchSide {
  const one = <T>(items: readonly T[]): T => items[Math.floor(draw() * items.length)]!;
  const names = Array.from({ length: 12 }, (_, n) => `run[n=${String(n)}]`).filter(() => draw() < 0.7);
  const shuffled = names.map((name) => ({ name, at: draw() })).sort((x, y) => x.at - y.at);
  const runs = shuffled.map(({ name }): SideRun => {
    const { id, input_key, result_digest } = one(pool);
    const measured_ms = one([null, 0, 10, 99, 100, 150, 199, 200, 201, 300, 450]);
    const kind = draw();
    if (kind < 0.15) {
      const state = one(['not_started', 'cancelled', 'failed'] as const);
      return {
        name,
        input_key,
        state,
        run: null,
        result_digest: null,
        ok: false,
        measured_ms: null,
        failure: one(['odd', 'even']),
      };
    }
    const state = one(['completed', 'cached'] as const);
    return {
      name,
      input_key,
      state,
      run: id,
      result_digest,
      ok: kind < 0.9,
      measured_ms,
      failure: kind < 0.9 ? null : 'bad',
    };
  });
  return { batch, started_at: null, runs };
}

interface Expected {
  readonly change: string;
  readonly speed: string | null;
  readonly first: number | null | undefined;
  readonly engine: string | null;
}

type Summary = readonly (readonly [name: string, Expected])[];

function summary(diff: BatchDiff): Summary {
  return diff.runs.map(({ name, change, speed, first, cause }) => [
    name,
    {
      change,
      speed,
      first: first === null ? undefined : first.tick,
      engine:
        cause?.engine === undefined || cause.engine === null ? null : `${cause.engine.a} ${cause.engine.b}`,
    },
  ]);
}

/** The same by brute force: every name of either side is compared in every field. */
function naive(
  a: BatchSide,
  b: BatchSide,
  { pool, firstTicks }: { pool: readonly RunRecord[]; firstTicks: ReadonlyMap<string, number | null> },
): Summary {
  const found: [string, Expected][] = [];
  for (let n = 0; n < 100; n++) {
    const name = `run[n=${String(n)}]`;
    const [x, y] = [a.runs.find((run) => run.name === name), b.runs.find((run) => run.name === name)];
    const nothing = { speed: null, first: undefined, engine: null };
    if (x === undefined && y === undefined) continue;
    if (x === undefined || y === undefined) {
      found.push([name, { change: x === undefined ? 'added' : 'gone', ...nothing }]);
      continue;
    }
    const isBad = x.ok === false || y.ok === false;
    const ends =
      isBad && JSON.stringify([x.ok, x.state, x.failure]) !== JSON.stringify([y.ok, y.state, y.failure]);
    const isChanged = x.result_digest !== y.result_digest || ends;
    let speed: string | null = null;
    if (x.measured_ms !== null && y.measured_ms !== null && (x.run === null || x.run !== y.run)) {
      const gap = y.measured_ms - x.measured_ms;
      const ratio = gap > 0 ? y.measured_ms / x.measured_ms : x.measured_ms / y.measured_ms;
      if (Math.abs(gap) >= SPEED_THRESHOLD.least_ms && ratio >= SPEED_THRESHOLD.percent / 100)
        speed = gap > 0 ? 'slower' : 'faster';
    }
    const isOther = x.input_key !== y.input_key;
    if (!isChanged && !isOther && speed === null) continue;
    const isLooked = x.run !== null && y.run !== null && (isOther || x.result_digest !== y.result_digest);
    const engines = [x, y].map(({ run }) => pool.find(({ id }) => id === run)?.engine.version);
    const first =
      x.result_digest === y.result_digest ? undefined : firstTicks.get(`${x.run ?? ''} ${y.run ?? ''}`);
    found.push([
      name,
      {
        change: isChanged ? 'changed' : 'same',
        speed,
        first: isLooked ? first : undefined,
        engine: isLooked && engines[0] !== engines[1] ? engines.join(' ') : null,
      },
    ]);
  }
  return found.sort(([x], [y]) => (x < y ? -1 : 1));
}

/** The first difference of two runs, computed directly; diff-runs.test.ts compares it with the records. */
async function firstTick(store: MemoryStore, a: RunRecord, b: RunRecord): Promise<number | null> {
  const { first } = await diffRuns(await mustOpen(store, a.id), await mustOpen(store, b.id));
  return first?.tick ?? null;
}
