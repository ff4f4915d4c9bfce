import t from 'tap';
import type { Clock } from '../../lib/base/ports.js';
import { InProcessExecutor } from '../../lib/execution/in-process-executor.js';
import { ControlBlock } from '../../lib/execution/control-block.js';
import { batchReport } from '../../lib/batch/report/batch-report.js';
import { junitReport } from '../../lib/batch/report/document/junit-report.js';
import { Tally } from '../../lib/batch/report/tally.js';
import { MemoryStore, openStager } from '../../lib/store/index.js';
import { makeBatch } from './batch-fixture.js';
import { FakeExecutor } from './fake-executor.js';
import { plannedRun, planOf, sampleInputs } from './sample-runs.js';
import { runId } from '../ids.js';

const START = Date.UTC(2025, 0, 1);
const HOUR = 3_600_000;

/** A wall clock that is set once after some readings; the monotonic clock advances by 10 ms per reading. */
function steppedClock(step: number, after: number): Clock {
  let readings = 0;
  let elapsed = 0;
  return {
    now: () => START + elapsed + (readings++ >= after ? step : 0),
    monotonic: () => (elapsed += 10),
  };
}

const runs = [3, 2, 1].map((ticks) => plannedRun(`s${String(ticks)}`, sampleInputs({ ticks })));

for (const step of [-HOUR, HOUR, -100 * 24 * HOUR]) {
  for (const after of [1, 2, 3, 4]) {
    const when = `after ${String(after)} readings`;
    void t.test(
      `durations are right when the wall clock is set by ${String(step / HOUR)} h ${when}`,
      async (inner) => {
        const { batch, store, events } = makeBatch(runs, new FakeExecutor(1), {
          clock: steppedClock(step, after),
        });
        const result = await batch.execute();
        const isMeasured = (ms: number): boolean => ms > 0 && ms < 1000;
        inner.ok(isMeasured(result.summary.duration_ms), String(result.summary.duration_ms));
        inner.ok(isMeasured(result.metrics.wall_ms), String(result.metrics.wall_ms));
        for (const { duration_ms, measured_ms, run } of result.outcomes) {
          inner.ok(isMeasured(duration_ms), String(duration_ms));
          inner.ok(isMeasured(measured_ms ?? 0), String(measured_ms));
          const { started_at, ended_at } = (await store.run(run!))!;
          inner.ok(isMeasured(Date.parse(ended_at) - Date.parse(started_at)), `${started_at} ${ended_at}`);
        }
        const record = (await store.batch(batch.id))!;
        inner.ok(isMeasured(Date.parse(record.ended_at) - Date.parse(record.started_at)));
        const xml = junitReport(batchReport(planOf(runs), result, null));
        const times = [...xml.matchAll(/time="([^"]*)"/g)].map(([, time]) => Number(time));
        inner.ok(times.length > 4);
        inner.ok(
          times.every((time) => time >= 0 && time < 1),
          times.join(' '),
        );
        inner.ok(events.length > 0);
      },
    );
  }
}

void t.test('a run in this process still yields after the wall clock was set back', async (inner) => {
  const machine = { wall: START, elapsed: 0 };
  const executor = new InProcessExecutor({
    slots: 1,
    clock: { now: () => machine.wall, monotonic: () => (machine.elapsed += 1) },
    openLog: () => null,
    openStager,
  });
  const control = new ControlBlock();
  const job = {
    id: runId('r'),
    inputs: sampleInputs({ ticks: 5000 }),
    stager: new MemoryStore().stager,
    retain: 'full',
    chunk_bytes: null,
    control: control.buffer,
  } as const;
  const over = executor.execute(job, new AbortController().signal);
  machine.wall -= HOUR;
  // Received only if the executor yields.
  setImmediate(() => {
    control.requestStop();
  });
  const result = await over;
  inner.equal(result.outcome.state, 'cancelled');
  inner.ok(result.ticks_completed < 5000, String(result.ticks_completed));
});

void t.test('the remaining time is estimated with the monotonic clock', (inner) => {
  const tally = new Tally();
  tally.count(
    { type: 'batch_start', batch: 'b', total: 2, to_run: 2, cached: 0, shared: 0, jobs: 1, work_ms: 2 },
    7,
  );
  inner.equal(tally.elapsedMs(2007), 2000);
  inner.end();
});
