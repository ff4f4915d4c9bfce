import t from 'tap';
import { AetherError } from '../../lib/base/errors.js';
import { batchMetrics } from '../../lib/batch/batch-metrics.js';
import { ControlBlock } from '../../lib/execution/control-block.js';
import { makeBatch } from './batch-fixture.js';
import { FakeExecutor } from './fake-executor.js';
import { sampleOutcome } from './sample-report.js';
import { plannedRun, sampleInputs } from './sample-runs.js';

void t.test('metrics are summed over executed runs', (inner) => {
  const metrics = batchMetrics(
    [
      ...[10, 20, 30, 40].map((duration_ms) => sampleOutcome('a', { duration_ms })),
      sampleOutcome('b', { state: 'cached', executions: 0, duration_ms: 0, bytes: 0 }),
    ],
    { jobs: 2, wall_ms: 100, ticks: 32 },
  );
  inner.match(metrics, { executed: 4, cached: 1, ticks: 32, bytes: 400, busy_ms: 100, utilisation: 0.5 });
  inner.strictSame(metrics.duration_ms, { p50: 20, p95: 40, max: 40 });
  inner.equal(metrics.runs_per_s, 40);
  inner.equal(metrics.ticks_per_s, 320);
  inner.end();
});

void t.test('ticks are those of all repetitions', async (inner) => {
  const runs = [
    plannedRun('a', sampleInputs({ ticks: 6 }), { repeat: 3 }),
    plannedRun('b', sampleInputs({ ticks: 5 })),
  ];
  const { metrics } = await makeBatch(runs, new FakeExecutor(2)).batch.execute();
  inner.match(metrics, { executed: 2, executions: 4, ticks: 3 * 6 + 5 });
});

void t.test('ticks of a failed attempt are counted', async (inner) => {
  const executor = new FakeExecutor(1, (job, count) => {
    if (count > 0) return {};
    new ControlBlock(job.control).tickDone(3);
    return new AetherError('WORKER_DIED', 'the worker thread ended');
  });
  const retried = plannedRun('a', sampleInputs({ ticks: 6 }), { retries: 1 });
  const { metrics } = await makeBatch([retried], executor).batch.execute();
  inner.match(metrics, { executed: 1, executions: 2, ticks: 3 + 6 });
});
