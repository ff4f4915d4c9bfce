import type { Test } from 'tap';
import { ControlBlock } from '../../lib/execution/control-block.js';
import type { Executor } from '../../lib/execution/executor.js';
import type { RunJob, RunJobResult } from '../../lib/execution/run-job.js';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { sampleInputs } from '../batch/sample-runs.js';
import { runId } from '../ids.js';

/** A separate job, staged in memory, with the control block that governs it. */
export function jobOf(
  inputs: RunInputs,
  change: Partial<RunJob> = {},
): { job: RunJob; control: ControlBlock } {
  const control = new ControlBlock();
  const job: RunJob = {
    id: runId('job'),
    inputs,
    stager: { at: 'memory' },
    retain: 'full',
    chunk_bytes: null,
    control: control.buffer,
    ...change,
  };
  return { job, control };
}

const never = new AbortController().signal;

/** The parts of a result that must not depend on the executor. */
export function fingerprint({ outcome, result_digest, artefacts, metrics, loom }: RunJobResult): unknown {
  const digests = artefacts.filter(({ kind }) => kind !== 'log').map(({ kind, digest }) => [kind, digest]);
  return { outcome, result_digest, digests, metrics, loom };
}

type Case = (t: Test, executor: Executor) => Promise<void>;

const CASES: Record<string, Case> = {
  'the published six-node run has the published results': async (t, executor) => {
    const { job, control } = jobOf(sampleInputs());
    const result = await executor.execute(job, never);
    t.strictSame(result.outcome, { state: 'completed', failure: null });
    t.equal(result.ticks_completed, 8);
    t.equal(control.ticksCompleted, 8, 'progress is visible through the control block');
    const ledger = result.artefacts.find(({ kind }) => kind === 'loom_p_blocks')!;
    const blob = result.blobs.find(({ digest }) => digest === ledger.chunks[0]!.digest)!;
    const lines = blob.at === 'memory' ? Buffer.from(blob.bytes).toString().trim().split('\n') : [];
    t.strictSame(
      lines.map((line) => (JSON.parse(line) as { C_t: number }).C_t),
      [20987847, 356793608, 65491504, 113355772, 927048329, 759821701, 916969047, 588473909],
    );
  },
  'the same jobs give the same results one by one and at once': async (t, executor) => {
    const inputs = Array.from({ length: 12 }, (_, i) =>
      sampleInputs({ ticks: 5 + i, state: [i * 100, 1, 0, 0, 0, 7] }),
    );
    const one: unknown[] = [];
    for (const each of inputs) one.push(fingerprint(await executor.execute(jobOf(each).job, never)));
    const all = await Promise.all(inputs.map((each) => executor.execute(jobOf(each).job, never)));
    t.strictSame(all.map(fingerprint), one);
  },
  'chunks are cut at records and add up to the artefact': async (t, executor) => {
    const whole = await executor.execute(jobOf(sampleInputs({ ticks: 64 })).job, never);
    const cut = await executor.execute(jobOf(sampleInputs({ ticks: 64 }), { chunk_bytes: 1000 }).job, never);
    t.strictSame(fingerprint(cut), fingerprint(whole));
    const chunks = cut.artefacts.find(({ kind }) => kind === 'umx_ledger')!.chunks;
    t.ok(chunks.length > 3);
    t.equal(chunks[0]!.first_tick, 1);
    t.equal(chunks.at(-1)!.last_tick, 64);
  },
  'a fault is returned as a result': async (t, executor) => {
    const huge = Number.MAX_SAFE_INTEGER;
    const { outcome } = await executor.execute(
      jobOf(sampleInputs({ state: [huge, huge, 0, 0, 0, 0] })).job,
      never,
    );
    t.match(outcome, { state: 'faulted', failure: { code: 'INT_RANGE' } });
  },
  'a stop requested before the start leaves no results': async (t, executor) => {
    const { job, control } = jobOf(sampleInputs());
    control.requestStop();
    const result = await executor.execute(job, never);
    t.match(result, { outcome: { state: 'cancelled' }, ticks_completed: 0 });
  },
  'a stop ends the run at a tick and keeps its results': async (t, executor) => {
    const { job, control } = jobOf(sampleInputs({ ticks: 50_000_000 }));
    control.allow(5);
    const ended = executor.execute(job, never);
    while (!control.paused) await new Promise((resolve) => setImmediate(resolve));
    control.requestStop();
    const result = await ended;
    t.match(result, { outcome: { state: 'cancelled' }, ticks_completed: 5 });
    t.equal(result.artefacts.find(({ kind }) => kind === 'umx_ledger')!.records, 5);
  },
  'a paused run resumes with the same result': async (t, executor) => {
    const { job, control } = jobOf(sampleInputs());
    control.allow(3);
    const ended = executor.execute(job, never);
    while (!control.paused) await new Promise((resolve) => setImmediate(resolve));
    t.equal(control.ticksCompleted, 3);
    control.resume();
    const plain = await executor.execute(jobOf(sampleInputs()).job, never);
    t.strictSame(fingerprint(await ended), fingerprint(plain));
  },
  'inputs that break the engine fail only their job': async (t, executor) => {
    const good = sampleInputs();
    const broken = { ...good, topology: null } as unknown as RunInputs;
    const results = await Promise.all(
      [jobOf(good), jobOf(broken), jobOf(good)].map(({ job }) => executor.execute(job, never)),
    );
    t.strictSame(
      results.map(({ outcome }) => outcome.state),
      ['completed', 'failed', 'completed'],
    );
    t.match(results[1], { outcome: { failure: { code: 'ENGINE_ERROR' } }, artefacts: [] });
  },
  'a store that cannot stage fails the job with its code, and the executor continues': async (
    t,
    executor,
  ) => {
    const stager = { at: 'disk', root: '/nowhere/at/all' } as const;
    await t.rejects(executor.execute(jobOf(sampleInputs(), { stager }).job, never), { code: /^STORE_/ });
    t.equal((await executor.execute(jobOf(sampleInputs()).job, never)).outcome.state, 'completed');
  },
  'a log has every tick and the run id, and changes no result': async (t, executor) => {
    const logged = await executor.execute(
      jobOf(sampleInputs({ logging: true }), { id: runId('run-7') }).job,
      never,
    );
    const plain = await executor.execute(jobOf(sampleInputs()).job, never);
    t.equal(logged.result_digest, plain.result_digest);
    const log = logged.artefacts.find(({ kind }) => kind === 'log')!;
    const blob = logged.blobs.find(({ digest }) => digest === log.digest)!;
    const text = blob.at === 'memory' ? Buffer.from(blob.bytes).toString() : '';
    const entries = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event_type: string; run_id: string });
    t.equal(entries.length, log.records);
    t.ok(entries.every((entry) => entry.run_id === 'run-7'));
    t.equal(entries.filter((entry) => entry.event_type === 'tick_complete').length, 8);
  },
  'compact retention keeps the result digest and checkpoints': async (t, executor) => {
    const full = await executor.execute(jobOf(sampleInputs({ ticks: 600 })).job, never);
    const compact = await executor.execute(
      jobOf(sampleInputs({ ticks: 600 }), { retain: 'compact' }).job,
      never,
    );
    t.equal(compact.result_digest, full.result_digest);
    t.equal(compact.artefacts.find(({ kind }) => kind === 'state_checkpoints')!.records, 2);
    t.equal(compact.artefacts.find(({ kind }) => kind === 'umx_ledger')!.stored, false);
  },
};

/** The obligations of executor.ts, run against an adapter. */
export function executorSuite(t: Test, make: () => Promise<Executor>): void {
  for (const [name, check] of Object.entries(CASES)) {
    void t.test(name, async (inner) => {
      const executor = await make();
      inner.teardown(() => executor.close());
      await check(inner, executor);
    });
  }
}
