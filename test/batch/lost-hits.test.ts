import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { AetherError } from '../../lib/base/errors.js';
import type { EarlierRun, PlannedRun } from '../../lib/batch/plan/planned-run.js';
import { withoutLostHits } from '../../lib/batch/plan/lost-hits.js';
import {
  collectGarbage,
  MemoryStore,
  openDiskStore,
  openStager,
  type GcReport,
} from '../../lib/store/index.js';
import { changedStore } from '../service/changed-store.js';
import { sampleRun } from '../store/sample-run.js';
import { SimulatedMachine } from '../store/simulated-machine.js';
import { makeBatch, statesOf } from './batch-fixture.js';
import { FakeExecutor } from './fake-executor.js';
import { plannedRun, sampleInputs } from './sample-runs.js';
import type { RunId } from '../../lib/base/run-id.js';
import { runId } from '../ids.js';

const LONG_AFTER = Date.UTC(2100, 0, 1);

function earlier(id: RunId): EarlierRun {
  return {
    id,
    state: 'completed',
    failure: null,
    result_digest: sha256('x'),
    ticks_completed: 4,
    measured_ms: 7,
  };
}

function hit(name: string, told: string, ticks: number, change: Partial<PlannedRun> = {}): PlannedRun {
  const id = runId(told);
  const reason = { why: 'cached', run: id } as const;
  return plannedRun(name, sampleInputs({ ticks }), {
    action: 'cached',
    reason,
    earlier: earlier(id),
    ...change,
  });
}

void t.test('a lost hit is executed once for all runs with its inputs', (inner) => {
  const plan = [
    hit('a', 'r1', 4),
    hit('b', 'r2', 5),
    hit('c', 'r1', 4),
    hit('d', 'r1', 4, { repeat: 2 }),
    plannedRun('e', sampleInputs({ ticks: 6 })),
  ];
  inner.equal(withoutLostHits(plan, []), plan);
  inner.match(
    withoutLostHits(plan, ['r1']).map(({ name, action, reason }) => [name, action, reason.why]),
    [
      ['a', 'run', 'new'],
      ['b', 'cached', 'cached'],
      ['c', 'follow', 'same_inputs'],
      ['d', 'run', 'new'],
      ['e', 'run', 'new'],
    ],
  );
  inner.ok(
    withoutLostHits(plan, ['r1'])
      .filter(({ action }) => action === 'run')
      .every(({ forecast }) => forecast.duration_ms > 0),
  );
  inner.end();
});

void t.test('gc beside a batch keeps its hits and results until goldens are judged', async (inner) => {
  const machine = new SimulatedMachine();
  const [platform, other] = [machine.start(), machine.start()];
  const store = await openDiskStore({ root: '/data/store', platform });
  const beside = await openDiskStore({ root: '/data/store', platform: other });
  const stager = openStager(store.stager, platform);
  for (const id of ['hit', 'unused']) await store.publish(sampleRun(stager, { id, name: id }));
  const gc = (): Promise<GcReport> => collectGarbage(beside, { keepDays: 0, now: LONG_AFTER });
  const collected: Promise<GcReport>[] = [];
  const plan = [
    hit('a', 'hit', 4),
    ...[3, 2, 1].map((n) => plannedRun(`s${String(n)}`, sampleInputs({ ticks: n }))),
  ];
  const { batch } = makeBatch(plan, new FakeExecutor(1), {
    store,
    onEvent: ({ type }) => {
      if (type === 'batch_start' || type === 'run_end' || type === 'batch_end') collected.push(gc());
    },
  });
  const result = await batch.execute();
  const reports = await Promise.all(collected);
  inner.strictSame([...new Set(reports.flatMap(({ runs_removed }) => runs_removed))], ['unused']);
  inner.equal(result.summary.failed, 0);
  for (const { run, name } of result.outcomes) inner.ok(await store.run(run!), name);
  batch.release();
  inner.equal((await gc()).runs_removed.length, 4);
});

void t.test('a hit that was removed after planning is executed', async (inner) => {
  const { batch, store } = makeBatch([hit('a', 'gone', 4), hit('b', 'gone', 4)], new FakeExecutor(2), {
    store: new MemoryStore(),
  });
  const result = await batch.execute();
  inner.strictSame(statesOf(result), { a: 'completed', b: 'cached' });
  inner.match(result.summary, { selected: 2, executed: 1, failed: 0, not_started: 0 });
  for (const { run } of result.outcomes) inner.ok(await store.run(run!));
});

void t.test('a store that cannot keep the hits ends the batch before its first run', async (inner) => {
  const store = changedStore(new MemoryStore(), {
    rely: () => Promise.reject(new AetherError('STORE_FULL', 'no space left')),
  });
  const { batch, events } = makeBatch([plannedRun('a', sampleInputs())], new FakeExecutor(1), { store });
  const result = await batch.execute();
  inner.match(result.summary, { store_error: 'STORE_FULL', stopped_by: 'store_unusable', not_started: 1 });
  inner.match(events, [{ type: 'store_error', code: 'STORE_FULL' }]);
});
