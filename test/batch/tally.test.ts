import t from 'tap';
import type { BatchEvent } from '../../lib/batch/batch-event.js';
import { SupervisedRun } from '../../lib/execution/supervised-run.js';
import { Tally } from '../../lib/batch/report/tally.js';
import { sampleOutcome } from './sample-report.js';
import { UNLIMITED } from './sample-runs.js';
import { runId } from '../ids.js';

const SECOND = 1000;

/** A tally of invented events, at times in seconds. */
class Told {
  readonly tally = new Tally();

  constructor(to_run: number, jobs: number, workS: number) {
    const counts = { total: to_run, to_run, cached: 0, shared: 0, jobs };
    this.tally.count({ type: 'batch_start', batch: 'b', ...counts, work_ms: workS * SECOND }, 0);
  }

  starts(name: string, workS: number, at: number, repetition = 1, repetitions = 1): this {
    const turn = { attempt: 1, repetition, repetitions };
    const event = { name, run: runId(name), ticks_total: 100, work_ms: workS * SECOND, ...turn };
    return this.#tell({ type: 'run_start', ...event }, at);
  }

  ends(name: string, workS: number, at: number, tookS = workS): this {
    const outcome = sampleOutcome(name, { duration_ms: tookS * SECOND });
    return this.#tell({ type: 'run_end', outcome, work_ms: workS * SECOND }, at);
  }

  #tell(event: BatchEvent, at: number): this {
    this.tally.count(event, at * SECOND);
    return this;
  }

  /** Seconds, rounded to tenths. */
  left(at: number, running: readonly SupervisedRun[]): number | null {
    const left = this.tally.remainingMs(at * SECOND, running);
    return left === null ? null : Math.round(left / 100) / 10;
  }
}

function at(name: string, percent: number): SupervisedRun {
  const run = new SupervisedRun(name, 100, UNLIMITED);
  run.control.tickDone(percent);
  return run;
}

void t.test('runs of equal size are extrapolated from the pace of all slots', (inner) => {
  const told = new Told(8, 2, 80);
  for (const name of ['a', 'b']) told.starts(name, 10, 0).ends(name, 10, 10);
  for (const name of ['c', 'd']) told.starts(name, 10, 10);
  inner.equal(told.left(15, [at('c', 50), at('d', 50)]), 25, 'thirty of eighty in fifteen seconds');
  inner.end();
});

void t.test('one long run keeps the estimate high while many short ones end', (inner) => {
  const told = new Told(151, 16, 250).starts('long', 100, 0);
  for (let i = 0; i < 150; i++) told.starts(`s${String(i)}`, 1, 0).ends(`s${String(i)}`, 1, 10);
  inner.equal(told.left(10, [at('long', 10)]), 90);
  inner.end();
});

void t.test('the forecast of a long run is scaled by the error of past forecasts', (inner) => {
  const told = new Told(151, 16, 250).starts('long', 100, 0);
  for (let i = 0; i < 150; i++) told.starts(`s${String(i)}`, 1, 0).ends(`s${String(i)}`, 1, 20, 2);
  inner.equal(told.left(20, [at('long', 10)]), 180);
  inner.end();
});

void t.test('a run that waits for a slot counts with its whole time', (inner) => {
  const told = new Told(3, 2, 300).starts('a', 100, 0).starts('b', 100, 0);
  inner.equal(told.left(90, [at('a', 90), at('b', 90)]), 100);
  inner.end();
});

void t.test('repetitions are counted separately', (inner) => {
  const told = new Told(1, 1, 60).starts('a', 20, 0, 1, 3);
  inner.equal(told.left(19, [at('a', 95)]), 41);
  inner.equal(told.left(20, []), 40, 'the first repetition is being published');
  told.starts('a', 20, 20, 2, 3);
  inner.equal(told.left(30, [at('a', 50)]), 30);
  told.starts('a', 20, 40, 3, 3);
  inner.equal(told.left(50, [at('a', 50)]), 10);
  inner.equal(told.ends('a', 60, 60).left(60, []), 0);
  inner.end();
});

void t.test('repetitions that are no longer needed do not count as work', (inner) => {
  const told = new Told(2, 1, 120).starts('bad', 20, 0, 1, 3).ends('bad', 60, 20, 20);
  told.starts('good', 20, 20, 1, 3);
  inner.equal(told.left(30, [at('good', 50)]), 50);
  inner.end();
});

void t.test('there is no estimate before a pace is known', (inner) => {
  const told = new Told(2, 1, 20).starts('a', 10, 0);
  inner.equal(told.left(0.9, [at('a', 9)]), null);
  inner.equal(told.left(5, [at('a', 0)]), null);
  inner.end();
});
