import t from 'tap';
import type { BatchResult } from '../../lib/batch/batch.js';
import { goldensNotCompared } from '../../lib/batch/verdict/judge-goldens.js';
import { runBatch } from '../../lib/batch/pipeline.js';
import { NO_LIMITS, onThisMachine, UNWATCHED } from '../../lib/cli/batch/on-this-machine.js';
import { Interruption } from '../../lib/cli/interruption.js';
import { MemoryStore } from '../../lib/store/index.js';
import { statesOf } from '../batch/batch-fixture.js';
import { FakeExecutor } from '../batch/fake-executor.js';
import { plannedRun, planOf, sampleInputs } from '../batch/sample-runs.js';
import { signalled } from './signalled.js';

/** Executes one run with signals at given times, and returns the called handlers. */
async function executed(at: {
  readonly watch?: () => Promise<void>;
  readonly close?: () => Promise<void>;
}): Promise<{ readonly result: BatchResult; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const executor = new FakeExecutor(1);
  executor.close = at.close ?? (() => Promise.resolve());
  const interruption = new Interruption(() => asked.push('nobody'));
  const alive = setInterval(() => undefined, 1000);
  const plan = planOf([plannedRun('a', sampleInputs())]);
  const result = await interruption.during(
    () => asked.push('whoever comes after the runs'),
    () =>
      runBatch(plan, {
        around: onThisMachine(new MemoryStore(), executor, {}),
        limits: NO_LIMITS,
        manifests: ['m.yaml'],
        interruption,
        judge: () => Promise.resolve(goldensNotCompared('a test')),
        watch: async () => {
          await at.watch?.();
          return UNWATCHED;
        },
      }),
  );
  interruption.end();
  clearInterval(alive);
  return { result, asked };
}

void t.test('a signal before the first run prevents its start', async (inner) => {
  const { result } = await executed({ watch: signalled });
  inner.strictSame(statesOf(result), { a: 'not_started' });
  inner.equal(result.summary.stopped_by, 'interrupted');
});

void t.test('a signal while threads are closed does not affect results and reports', async (inner) => {
  const { result, asked } = await executed({ close: signalled });
  inner.strictSame(statesOf(result), { a: 'completed' });
  inner.strictSame(asked, ['whoever comes after the runs']);
});
