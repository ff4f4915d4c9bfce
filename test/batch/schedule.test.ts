import { setImmediate as nextTurn } from 'node:timers/promises';
import t from 'tap';
import { AetherError } from '../../lib/base/errors.js';
import { sha256 } from '../../lib/base/digest.js';
import type { PlannedRun } from '../../lib/batch/plan/planned-run.js';
import { systemClock } from '../../lib/platform/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { makeBatch, statesOf } from './batch-fixture.js';
import { FakeExecutor } from './fake-executor.js';
import { plannedRun, sampleInputs } from './sample-runs.js';
import { unpackInputs } from '../../lib/execution/job-inputs.js';
import { runId } from '../ids.js';

const run = (name: string, ticks: number, change: Partial<PlannedRun> = {}): PlannedRun =>
  plannedRun(name, sampleInputs({ ticks }), change);
const runs = (...ticks: number[]): PlannedRun[] => ticks.map((count) => run(`s${String(count)}`, count));
const fault = { code: 'INT_RANGE', message: 'too large', tick: 2, place: 'node 1' };
const died = new AetherError('WORKER_DIED', 'gone');
const earlier = {
  id: runId('old'),
  state: 'completed',
  failure: null,
  result_digest: sha256('x'),
  ticks_completed: 4,
  measured_ms: 7,
} as const;

void t.test(
  'the longest run starts first, slots limit active runs, outcomes are in plan order',
  async (inner) => {
    const executor = new FakeExecutor(2);
    const { batch, store } = makeBatch(runs(3, 9, 5, 1), executor);
    const result = await batch.execute();
    inner.strictSame(executor.started, [9, 5, 3, 1]);
    inner.equal(executor.most, 2);
    inner.strictSame(
      result.outcomes.map((outcome) => outcome.name),
      ['s3', 's9', 's5', 's1'],
    );
    inner.match(result.summary, {
      selected: 4,
      completed: 4,
      failed: 0,
      stopped_by: null,
      store_error: null,
    });
    inner.equal((await store.runIds()).length, 4);
    const record = await store.batch(batch.id);
    inner.match(record, { schema: 'aether-batch/1', manifests: ['m.yaml'] });
    inner.equal(record!.outcomes.length, 4);
  },
);

void t.test('a failure stops other runs only on request', async (inner) => {
  const end = (_: unknown, count: number) =>
    count === 0 ? { outcome: { state: 'faulted', failure: fault } as const } : {};
  const going = await makeBatch(runs(3, 2, 1), new FakeExecutor(1, end)).batch.execute();
  inner.strictSame(statesOf(going), { s3: 'faulted', s2: 'completed', s1: 'completed' });
  inner.strictSame(going.outcomes[0]!.failure, fault);
  const stopping = makeBatch(runs(3, 2, 1), new FakeExecutor(1, end), { limits: { max_failures: 1 } });
  const stopped = await stopping.batch.execute();
  inner.strictSame(statesOf(stopped), { s3: 'faulted', s2: 'not_started', s1: 'not_started' });
  inner.match(stopped.summary, { stopped_by: 'max_failures', failed: 1, not_started: 2 });
});

void t.test('only failures of the machine are retried', async (inner) => {
  const flaky = new FakeExecutor(1, (_, count) => (count < 2 ? died : {}));
  const { batch, events } = makeBatch([run('a', 1, { retries: 2 })], flaky);
  const result = await batch.execute();
  inner.strictSame(statesOf(result), { a: 'completed' });
  inner.equal(events.filter((event) => event.type === 'run_retry').length, 2);
  const faulting = new FakeExecutor(1, () => ({ outcome: { state: 'faulted', failure: fault } }));
  await makeBatch([run('a', 1, { retries: 2 })], faulting).batch.execute();
  inner.equal(faulting.started.length, 1, 'a fault is a result and not retried');
});

void t.test(
  'a run that keeps failing is recorded with its cause and does not affect others',
  async (inner) => {
    const executor = new FakeExecutor(2, (job) => (unpackInputs(job.inputs).run.ticks === 2 ? died : {}));
    const { batch, store } = makeBatch(runs(3, 2, 1), executor);
    const result = await batch.execute();
    inner.strictSame(statesOf(result), { s3: 'completed', s2: 'failed', s1: 'completed' });
    const failed = result.outcomes[1]!;
    inner.match(failed.failure, { code: 'WORKER_DIED', message: 'gone' });
    inner.match(await store.run(failed.run!), {
      state: 'failed',
      artefacts: [],
      failure: { code: 'WORKER_DIED' },
    });
    inner.equal(await store.runForKey(failed.input_key), undefined);
  },
);

void t.test('an unexpected exception stops the batch and is rethrown', async (inner) => {
  const executor = new FakeExecutor(1, () => new TypeError('bug'));
  await inner.rejects(makeBatch(runs(9, 8, 7, 6, 5, 4), executor).batch.execute(), new TypeError('bug'));
  inner.ok(executor.started.length < 6);
});

void t.test('a run beyond its time limit is stopped at a tick and recorded', async (inner) => {
  const executor = new FakeExecutor(1, () => 'until stopped');
  const { batch, store } = makeBatch([run('slow', 8, { timeout_ms: 1 })], executor);
  const { outcomes, summary } = await batch.execute();
  inner.match(outcomes[0], {
    state: 'timed_out',
    ok: false,
    ticks_completed: 3,
    failure: { code: 'RUN_TIMED_OUT' },
  });
  inner.match(await store.latestRun('slow'), { state: 'timed_out', ticks_completed: 3 });
  inner.match(summary, { failed: 1, stopped_by: null });
});

void t.test('a run that never reaches its next tick is abandoned', async (inner) => {
  const stuck = new FakeExecutor(1, () => 'never');
  const wrapped = {
    slots: 1,
    execute: (...args: Parameters<FakeExecutor['execute']>) =>
      stuck.execute(...args).catch(() => {
        throw new AetherError('WORKER_ABANDONED', 'given up');
      }),
    close: () => stuck.close(),
  };
  const { outcomes } = await makeBatch([run('stuck', 8, { timeout_ms: 1 })], wrapped).batch.execute();
  inner.match(outcomes[0], { state: 'timed_out', failure: { code: 'RUN_TIMED_OUT' } });
});

void t.test('an interruption stops and records active runs and starts no more', async (inner) => {
  const executor = new FakeExecutor(2, () => 'until stopped');
  const { batch, store } = makeBatch(runs(5, 4, 3, 2), executor, {
    onEvent: (event, interrupted) => {
      if (event.type === 'run_start' && interrupted.running.length === 2) interrupted.stop('interrupted');
    },
  });
  const result = await batch.execute();
  inner.strictSame(statesOf(result), {
    s5: 'cancelled',
    s4: 'cancelled',
    s3: 'not_started',
    s2: 'not_started',
  });
  inner.match(result.summary, { stopped_by: 'interrupted', cancelled: 2, not_started: 2, failed: 0 });
  inner.match(await store.latestRun('s5'), { state: 'cancelled', ticks_completed: 3 });
  inner.equal(await store.runForKey(result.outcomes[0]!.input_key), undefined, 'no result for its key');
});

void t.test('active runs fail when the time limit of the batch is reached', async (inner) => {
  const executor = new FakeExecutor(1, () => 'until stopped');
  const own = [run('s2', 2, { timeout_ms: 60_000 }), run('s1', 1)];
  const result = await makeBatch(own, executor, { limits: { global_timeout_ms: 1 } }).batch.execute();
  inner.strictSame(statesOf(result), { s2: 'timed_out', s1: 'not_started' });
  const message = 'did not finish in the time the batch has';
  inner.match(result.outcomes[0]!.failure, { code: 'RUN_TIMED_OUT', message }, 'not the limit of the run');
  inner.equal(result.summary.stopped_by, 'global_timeout');
});

void t.test('the time limit of the batch also applies while runs are stopping', async (inner) => {
  const executor = new FakeExecutor(2, (_, count) =>
    count === 0 ? { outcome: { state: 'faulted', failure: fault } as const } : 'until stopped',
  );
  const limits = { max_failures: 1, global_timeout_ms: 30 };
  const { batch, events } = makeBatch(runs(2, 1), executor, { limits });
  const result = await batch.execute();
  inner.strictSame(statesOf(result), { s2: 'faulted', s1: 'timed_out' });
  inner.equal(result.summary.stopped_by, 'global_timeout');
  inner.equal(events.findLast(({ type }) => type === 'stopping')?.type, 'stopping');
});

void t.test('a batch whose record cannot be written reports it and keeps its runs', async (inner) => {
  const store = new MemoryStore();
  store.putBatch = () => Promise.reject(new AetherError('STORE_FULL', 'cannot write batches/1.json'));
  const { batch, events } = makeBatch(runs(1), new FakeExecutor(1), { store });
  const { summary } = await batch.execute();
  inner.match(summary, { completed: 1, store_error: 'STORE_FULL' });
  inner.strictSame(
    events.filter(({ type }) => type === 'store_error'),
    [{ type: 'store_error', code: 'STORE_FULL', message: 'cannot write batches/1.json' }],
  );
});

void t.test('repetitions must agree before the result is published for the key', async (inner) => {
  const steady = makeBatch([run('a', 4, { repeat: 3 })], new FakeExecutor(1));
  const good = await steady.batch.execute();
  inner.match(good.outcomes[0], { state: 'completed', ok: true });
  inner.equal((await steady.store.runIds()).length, 3);
  inner.equal((await steady.store.runForKey(good.outcomes[0]!.input_key))?.id, good.outcomes[0]!.run);
  const moody = makeBatch(
    [run('a', 4, { repeat: 3 })],
    new FakeExecutor(1, (_, count) => ({ result_digest: sha256(`result ${String(count)}`) })),
  );
  const bad = await moody.batch.execute();
  inner.match(bad.outcomes[0], { state: 'completed', ok: false, failure: { code: 'RESULTS_DISAGREE' } });
  inner.equal((await moody.store.runIds()).length, 2, 'no further repetition is needed');
  inner.equal(await moody.store.runForKey(bad.outcomes[0]!.input_key), undefined);
});

void t.test('started runs complete their repetitions before others start', async (inner) => {
  const ticks = [8, 7, 6, 5, 4, 3, 2, 1];
  const repeated = ticks.map((count) => run(`s${String(count)}`, count, { repeat: 3 }));
  let starts = 0;
  const { batch, store } = makeBatch(repeated, new FakeExecutor(1), {
    onEvent: (event, running) => {
      if (event.type === 'run_start' && ++starts === 11) running.stop('max_failures');
    },
  });
  const stopped = await batch.execute();
  const { summary, outcomes } = stopped;
  inner.ok(summary.completed >= 3, `${String(summary.completed)} are through after half of the work`);
  inner.ok(summary.not_started >= 3, 'half of the runs have not started');
  inner.equal(summary.completed + summary.cancelled + summary.not_started, 8);
  const half = outcomes.find(({ state }) => state === 'cancelled')!;
  inner.match(half, { ok: false, failure: null, result_digest: null });
  inner.ok(half.executions > 0 && half.executions < 3);
  inner.equal(await store.runForKey(half.input_key), undefined, 'half of the results are not published');
});

/** Publishes as slowly as a disk that syncs; others proceed meanwhile. */
class SlowStore extends MemoryStore {
  override async publish(run: Parameters<MemoryStore['publish']>[0]): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    return super.publish(run);
  }
}

void t.test('only few repeated runs are unfinished at a time, even if storing is slow', async (inner) => {
  const repeated = Array.from({ length: 60 }, (_, n) => run(`s${String(n)}`, n + 1, { repeat: 3 }));
  const open = new Set<string>();
  let most = 0;
  const { batch } = makeBatch(repeated, new FakeExecutor(2), {
    store: new SlowStore(),
    onEvent: (event) => {
      if (event.type === 'run_start') open.add(event.name);
      if (event.type === 'run_end') open.delete(event.outcome.name);
      most = Math.max(most, open.size);
    },
  });
  inner.equal((await batch.execute()).summary.completed, 60);
  inner.ok(most > 2, 'more than compute, because others are being published');
  inner.ok(most <= 16, `${String(most)} at once`);
});

void t.test('runs are ordered by the total time of their repetitions', async (inner) => {
  const executor = new FakeExecutor(1);
  await makeBatch([run('once', 4), run('often', 2, { repeat: 3 })], executor).batch.execute();
  inner.strictSame(executor.started.slice(0, 1), [2]);
});

void t.test('the predicted work includes every repetition', async (inner) => {
  const { batch, events } = makeBatch([run('a', 4, { repeat: 3 }), run('b', 2)], new FakeExecutor(1));
  await batch.execute();
  inner.match(events[0], { type: 'batch_start', work_ms: 14 });
  const ofA = events.flatMap((event) => (event.type === 'run_start' && event.name === 'a' ? [event] : []));
  inner.strictSame(
    ofA.map(({ repetition, repetitions, work_ms }) => [repetition, repetitions, work_ms]),
    [
      [1, 3, 4],
      [2, 3, 4],
      [3, 3, 4],
    ],
  );
  const ends = events.flatMap((event) => (event.type === 'run_end' ? [event] : []));
  inner.strictSame(Object.fromEntries(ends.map(({ outcome, work_ms }) => [outcome.name, work_ms])), {
    a: 12,
    b: 2,
  });
});

void t.test('a forced run must agree with the previous run', async (inner) => {
  const forced = run('a', 4, { earlier, reason: { why: 'forced' } });
  const { outcomes } = await makeBatch([forced], new FakeExecutor(1)).batch.execute();
  inner.match(outcomes[0], { ok: false, failure: { code: 'RESULTS_DISAGREE' } });
  inner.match(outcomes[0]!.failure?.message, /in old$/);
});

void t.test('an expected fault is a success and is published for its key', async (inner) => {
  const faulting = new FakeExecutor(1, () => ({ outcome: { state: 'faulted', failure: fault } }));
  const { batch, store } = makeBatch([run('a', 4, { expect: { fault: 'INT_RANGE' } })], faulting);
  const { outcomes, summary } = await batch.execute();
  inner.match(outcomes[0], { state: 'faulted', ok: true, failure: null });
  inner.match(summary, { faulted_as_expected: 1, failed: 0 });
  inner.equal((await store.runForKey(outcomes[0]!.input_key))?.state, 'faulted');
});

void t.test('runs with equal inputs share one result or failure', async (inner) => {
  const follow = (name: string, as: string): PlannedRun =>
    run(name, 4, { action: 'follow', reason: { why: 'same_inputs', as } });
  const good = makeBatch([run('a', 4), follow('b', 'a')], new FakeExecutor(2));
  const shared = await good.batch.execute();
  inner.strictSame(statesOf(shared), { a: 'completed', b: 'cached' });
  inner.match(shared.summary, { completed: 1, cached: 1, shared: 1 });
  inner.equal(shared.outcomes[1]!.run, shared.outcomes[0]!.run);
  inner.equal((await good.store.runIds()).length, 1);
  const bad = await makeBatch(
    [run('a', 4), follow('b', 'a')],
    new FakeExecutor(2, () => died),
  ).batch.execute();
  inner.strictSame(statesOf(bad), { a: 'failed', b: 'failed' });
  inner.match(bad.summary, { failed: 2, cached: 0, shared: 0 });
});

void t.test('a run with higher limits does not share the failure of an equal run', async (inner) => {
  const follow = (name: string, change: Partial<PlannedRun>): PlannedRun =>
    run(name, 4, { action: 'follow', reason: { why: 'same_inputs', as: 'quick' }, ...change });
  const slow = new FakeExecutor(1, (_, count) => (count === 0 ? 'until stopped' : {}));
  const patient = makeBatch(
    [
      run('quick', 4, { timeout_ms: 1 }),
      follow('hasty', { timeout_ms: 1 }),
      follow('longer', { timeout_ms: 60_000 }),
      follow('soak', { timeout_ms: null }),
    ],
    slow,
  );
  const ended = await patient.batch.execute();
  inner.strictSame(statesOf(ended), {
    quick: 'timed_out',
    hasty: 'timed_out',
    longer: 'cached',
    soak: 'completed',
  });
  inner.equal(slow.started.length, 2);
  inner.match(ended.summary, { failed: 2, completed: 1, cached: 1, shared: 1 });

  const both = makeBatch(
    [
      run('quick', 4, { timeout_ms: 1 }),
      follow('full', { timeout_ms: 30_000 }),
      follow('small', { timeout_ms: 60_000, retain: 'compact' }),
    ],
    new FakeExecutor(1, (_, count) => (count === 0 ? 'until stopped' : {})),
  );
  inner.strictSame(statesOf(await both.batch.execute()), {
    quick: 'timed_out',
    full: 'completed',
    small: 'cached',
  });
  inner.equal(
    (await both.store.latestRun('full'))?.retain,
    'full',
    'a compact result is not shared with requests for a full one',
  );

  const stopping = makeBatch(
    [
      run('quick', 4, { timeout_ms: 1 }),
      follow('hasty', { timeout_ms: 1 }),
      follow('longer', { timeout_ms: 60_000 }),
    ],
    new FakeExecutor(1, () => 'until stopped'),
    { limits: { max_failures: 1 } },
  );
  const stopped = await stopping.batch.execute();
  inner.strictSame(statesOf(stopped), { quick: 'timed_out', hasty: 'timed_out', longer: 'not_started' });
  inner.match(stopped.summary, { failed: 2, not_started: 1 });

  const dying = new FakeExecutor(1, (_, count) => (count < 2 ? died : {}));
  const retried = [run('quick', 4), follow('eager', { retries: 1 })];
  const settled = await makeBatch(retried, dying).batch.execute();
  inner.strictSame(statesOf(settled), { quick: 'failed', eager: 'completed' });
});

void t.test('a result that only a sharing run expects is published for the inputs', async (inner) => {
  const fault = run('fault', 4, { expect: { fault: 'INT_RANGE' } });
  const good = run('good', 4, { action: 'follow', reason: { why: 'same_inputs', as: 'fault' } });
  const { batch, store } = makeBatch([fault, good], new FakeExecutor(1));
  const { outcomes } = await batch.execute();
  inner.match(outcomes, [
    { name: 'fault', ok: false },
    { name: 'good', ok: true },
  ]);
  inner.match(await store.runForKey(outcomes[0]!.input_key), { answers: true, state: 'completed' });
  const alone = makeBatch([fault], new FakeExecutor(1));
  inner.equal(await alone.store.runForKey((await alone.batch.execute()).outcomes[0]!.input_key), undefined);
});

void t.test('a failure that is in the store does not prevent further runs', async (inner) => {
  const standing = { action: 'cached', reason: { why: 'cached', run: runId('old') }, earlier } as const;
  const plan = [run('a', 4, { ...standing, expect: { fault: 'INT_RANGE' } }), run('b', 2)];
  const limits = { max_failures: 1 };
  const { summary, outcomes } = await makeBatch(plan, new FakeExecutor(1), { limits }).batch.execute();
  inner.match(summary, { failed: 1, completed: 1, stopped_by: null });
  inner.equal(outcomes[0]!.measured_ms, 7, 'its cached run is known');
});

void t.test('cached runs are judged like executed ones', async (inner) => {
  const cached = { action: 'cached', reason: { why: 'cached', run: runId('old') }, earlier } as const;
  const executor = new FakeExecutor(1);
  const result = await makeBatch(
    [run('a', 4, cached), run('b', 4, { ...cached, expect: { fault: 'INT_RANGE' } })],
    executor,
  ).batch.execute();
  inner.match(result.outcomes[0], { state: 'cached', ok: true, run: 'old', duration_ms: 0 });
  inner.match(result.outcomes[1], {
    state: 'cached',
    ok: false,
    failure: { code: 'EXPECTED_FAULT_MISSING' },
  });
  inner.equal(executor.started.length, 0);
});

/** A store that refuses to publish selected runs. */
class RefusingStore extends MemoryStore {
  constructor(
    readonly code: string,
    readonly refuses: (name: string) => boolean,
  ) {
    super();
  }

  override async publish(published: Parameters<MemoryStore['publish']>[0]): Promise<void> {
    if (this.refuses(published.record.name)) throw new AetherError(this.code, 'refused');
    await super.publish(published);
  }
}

void t.test('a full store ends the batch; published runs are kept', async (inner) => {
  const store = new RefusingStore('STORE_FULL', (name) => name === 's3');
  const executor = new FakeExecutor(1, (job) =>
    unpackInputs(job.inputs).run.ticks === 2 ? 'until stopped' : {},
  );
  const { batch } = makeBatch(runs(4, 3, 2, 1), executor, { store });
  const result = await batch.execute();
  inner.strictSame(statesOf(result), { s4: 'completed', s3: 'failed', s2: 'cancelled', s1: 'not_started' });
  inner.match(result.summary, { stopped_by: 'store_unusable', store_error: 'STORE_FULL' });
  inner.equal((await store.runIds()).length, 2);
});

void t.test('a store error of one run is retried and fails only that run', async (inner) => {
  let refusals = 1;
  const once = new RefusingStore('STORE_IO', (name) => name === 's2' && refusals-- > 0);
  const healed = makeBatch(
    runs(3, 2).map((planned) => ({ ...planned, retries: 1 })),
    new FakeExecutor(1),
    { store: once },
  );
  inner.strictSame(statesOf(await healed.batch.execute()), { s3: 'completed', s2: 'completed' });
  const always = new RefusingStore('STORE_IO', (name) => name === 's2');
  const result = await makeBatch(runs(3, 2, 1), new FakeExecutor(1), { store: always }).batch.execute();
  inner.strictSame(statesOf(result), { s3: 'completed', s2: 'failed', s1: 'completed' });
  inner.equal(result.summary.store_error, 'STORE_IO');
});

void t.test('a run without progress is abandoned and retried without delaying others', async (inner) => {
  const executor = new FakeExecutor(2, (_, count) => (count === 0 || count === 2 ? 'never' : {}));
  const { batch, store, events } = makeBatch([run('stuck', 9, { retries: 1 }), run('fine', 3)], executor, {
    clock: systemClock,
    stall_ms: 100,
  });
  const { outcomes } = await batch.execute();
  inner.match(outcomes, [
    { name: 'stuck', state: 'failed', ok: false, failure: { code: 'WORKER_STUCK' } },
    { name: 'fine', state: 'completed', ok: true },
  ]);
  inner.match(
    events.filter(({ type }) => type === 'run_retry'),
    [{ name: 'stuck', attempt: 1, code: 'WORKER_STUCK' }],
  );
  inner.match(await store.run(outcomes[0]!.run!), { state: 'failed', failure: { code: 'WORKER_STUCK' } });
});
