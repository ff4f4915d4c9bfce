import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import t from 'tap';
import { workerMemory } from '../../lib/cli/worker/worker-memory.js';
import { inProcess } from '../../lib/cli/worker/executor-for.js';
import { logPlaces } from '../../lib/cli/worker/log-destination.js';
import { WorkerExecutor } from '../../lib/execution/worker/worker-executor.js';
import { sampleInputs } from '../batch/sample-runs.js';
import { executorSuite, fingerprint, jobOf } from './executor-suite.js';
import { runId } from '../ids.js';

const entry = new URL('../../lib/cli/worker/worker.js', import.meta.url);
const hostile = new URL('./hostile-worker.js', import.meta.url);
const logs = logPlaces('stdout', t.testdir());
const never = new AbortController().signal;

void t.test('the in-process executor fulfils the obligations', (inner) => {
  executorSuite(inner, () => Promise.resolve(inProcess(logs)));
  inner.end();
});

void t.test('the worker executor fulfils the obligations', (inner) => {
  executorSuite(inner, () => WorkerExecutor.start({ slots: 2, entry, memory_mb: null, data: logs }));
  inner.end();
});

void t.test('the worker executor fulfils the obligations for jobs submitted together', (inner) => {
  executorSuite(inner, async () => {
    const workers = await WorkerExecutor.start({ slots: 2, entry, memory_mb: null, data: logs });
    return {
      slots: workers.slots,
      execute: (job, signal) => workers.execute({ ...job, quick: true }, signal),
      close: () => workers.close(),
    };
  });
  inner.end();
});

void t.test('both executors compute the same results', async (inner) => {
  const workers = await WorkerExecutor.start({ slots: 2, entry, memory_mb: null, data: logs });
  inner.teardown(() => workers.close());
  const here = inProcess(logs);
  for (let i = 0; i < 8; i++) {
    const inputs = sampleInputs({ ticks: 1 + i * 9, state: [i, 1000 * i, 3, 0, 0, -i] });
    const [a, b] = await Promise.all(
      [here, workers].map((executor) => executor.execute(jobOf(inputs).job, never)),
    );
    inner.strictSame(fingerprint(b!), fingerprint(a!));
  }
});

/** Jobs for the hostile worker: the id names the misbehaviour. */
for (const [id, code] of [
  ['exit', 'WORKER_DIED'],
  ['throw-late', 'WORKER_DIED'],
  ['exhaust', 'WORKER_OUT_OF_MEMORY'],
] as const) {
  void t.test(`a worker that does ${id} fails only its own run, with ${code}`, async (inner) => {
    const executor = await WorkerExecutor.start({ slots: 2, entry: hostile, memory_mb: 64 });
    inner.teardown(() => executor.close());
    const jobs = ['good', id, 'good', 'good'].map((name) => jobOf(sampleInputs(), { id: runId(name) }).job);
    const ends = await Promise.allSettled(jobs.map((job) => executor.execute(job, never)));
    inner.strictSame(
      ends.map((end) =>
        end.status === 'fulfilled' ? end.value.outcome.state : (end.reason as { code: string }).code,
      ),
      ['completed', code, 'completed', 'completed'],
    );
  });
}

for (const [id, code] of [
  ['exit', 'WORKER_DIED'],
  ['exhaust', 'WORKER_OUT_OF_MEMORY'],
] as const) {
  void t.test(`quick jobs beside one that does ${id} are computed again`, async (inner) => {
    const executor = await WorkerExecutor.start({ slots: 1, entry: hostile, memory_mb: 64 });
    inner.teardown(() => executor.close());
    const names = [...Array<string>(7).fill('good'), id, ...Array<string>(40).fill('good')];
    const jobs = names.map((name) => ({ ...jobOf(sampleInputs(), { id: runId(name) }).job, quick: true }));
    const ends = await Promise.allSettled(jobs.map((job) => executor.execute(job, never)));
    inner.strictSame(
      ends.map((end) =>
        end.status === 'fulfilled' ? end.value.outcome.state : (end.reason as { code: string }).code,
      ),
      names.map((name) => (name === id ? code : 'completed')),
    );
  });
}

void t.test('abandoning a quick job leaves other jobs unaffected', async (inner) => {
  const executor = await WorkerExecutor.start({ slots: 1, entry: hostile, memory_mb: null, data: logs });
  inner.teardown(() => executor.close());
  const abort = new AbortController();
  const quick = (id: string): ReturnType<typeof jobOf> =>
    jobOf(sampleInputs(), { id: runId(id), quick: true });
  const [before, spin, after] = [quick('good'), quick('spin'), quick('good')];
  const ends = Promise.allSettled([
    executor.execute(before.job, never),
    executor.execute(spin.job, abort.signal),
    executor.execute(after.job, never),
  ]);
  while (spin.control.ticksCompleted === 0) await new Promise((resolve) => setImmediate(resolve));
  abort.abort();
  inner.match(await ends, [
    { value: { outcome: { state: 'completed' } } },
    { reason: { code: 'WORKER_ABANDONED' } },
    { value: { outcome: { state: 'completed' } } },
  ]);
});

void t.test('a job withdrawn before it begins is not computed, a started one is', async (inner) => {
  const executor = await WorkerExecutor.start({ slots: 1, entry, memory_mb: null, data: logs });
  inner.teardown(() => executor.close());
  const jobs = Array.from({ length: 40 }, () => jobOf(sampleInputs(), { quick: true }));
  const ends = jobs.map(({ job }) => executor.execute(job, never));
  inner.ok(jobs[5]!.control.withdraw());
  await inner.rejects(ends[5]!, { name: 'NotBegun' });
  inner.equal(jobs[5]!.control.ticksCompleted, 0);
  const others = await Promise.all(ends.filter((_, n) => n !== 5));
  inner.ok(others.every(({ outcome, computed }) => outcome.state === 'completed' && computed !== undefined));
  inner.notOk(jobs[6]!.control.withdraw());
});

void t.test(
  'a run that needs too much memory is refused before it starts, others continue',
  async (inner) => {
    const executor = await WorkerExecutor.start({
      slots: 2,
      entry: hostile,
      memory_mb: 64,
      most_bytes: workerMemory(64),
    });
    inner.teardown(() => executor.close());
    const inputs = sampleInputs();
    const edges = Array.from({ length: 40_000 }, () => inputs.topology.edges[0]!);
    const large = { ...inputs, topology: { ...inputs.topology, edges } };
    // The worker would exit if it received the job.
    const jobs = [
      jobOf(sampleInputs(), { id: runId('good') }).job,
      { ...jobOf(inputs, { id: runId('exit') }).job, inputs: large },
      jobOf(sampleInputs(), { id: runId('good') }).job,
    ];
    const ends = await Promise.allSettled(jobs.map((job) => executor.execute(job, never)));
    inner.match(ends, [
      { value: { outcome: { state: 'completed' } } },
      { reason: { code: 'WORKER_OUT_OF_MEMORY', message: /estimated \d+ MiB .* may use 64 MiB$/ } },
      { value: { outcome: { state: 'completed' } } },
    ]);
  },
);

void t.test('a worker can use its heap limit, which is at most that of the runtime', (inner) => {
  inner.equal(workerMemory(64), 64 * 2 ** 20);
  inner.ok(workerMemory(null) > 0 && workerMemory(null) <= getHeapStatistics().heap_size_limit);
  inner.ok(workerMemory(2 ** 40) <= totalmem());
  inner.end();
});

void t.test('a tick that never ends is stopped by aborting', async (inner) => {
  const executor = await WorkerExecutor.start({ slots: 1, entry: hostile, memory_mb: null, data: logs });
  inner.teardown(() => executor.close());
  const abort = new AbortController();
  const { job, control } = jobOf(sampleInputs(), { id: runId('spin') });
  const ended = executor.execute(job, abort.signal);
  while (control.ticksCompleted === 0) await new Promise((resolve) => setImmediate(resolve));
  abort.abort();
  await inner.rejects(ended, { code: 'WORKER_ABANDONED' });
  const next = await executor.execute(jobOf(sampleInputs(), { id: runId('good') }).job, never);
  inner.equal(next.outcome.state, 'completed', 'another thread replaced it');
});

void t.test('jobs fail if workers cannot be started', async (inner) => {
  const missing = new URL('./no-such-worker.js', import.meta.url);
  const executor = await WorkerExecutor.start({ slots: 1, entry: missing, memory_mb: null, data: logs });
  inner.teardown(() => executor.close());
  await inner.rejects(executor.execute(jobOf(sampleInputs()).job, never), { code: 'WORKER_DIED' });
  await inner.rejects(executor.execute(jobOf(sampleInputs()).job, never), { code: 'WORKER_DIED' });
});
