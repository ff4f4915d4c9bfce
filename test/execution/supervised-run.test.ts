import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import type { Clock } from '../../lib/base/ports.js';
import { SupervisedRun, type SupervisionOptions } from '../../lib/execution/supervised-run.js';

/** A clock that tests advance. */
class HandClock implements Clock {
  ms = 1000;

  now(): number {
    return this.ms;
  }

  monotonic(): number {
    return this.ms;
  }
}

function supervised(options: Partial<SupervisionOptions> = {}): { run: SupervisedRun; clock: HandClock } {
  const clock = new HandClock();
  const limits = { timeout_ms: null, grace_ms: 5, stall_ms: 2000 };
  return { clock, run: new SupervisedRun('a', 100, { clock, ...limits, ...options }) };
}

/** Polls every 200 ms for a time, as the owners of runs do. */
function watchFor(ms: number, { run, clock }: ReturnType<typeof supervised>): void {
  for (let passed = 0; passed < ms; passed += 200) {
    clock.ms += 200;
    run.look();
  }
}

void t.test('a run without a completed tick is abandoned, one that ticks or pauses is not', (t) => {
  const moving = supervised();
  for (let tick = 1; tick <= 5; tick++) {
    moving.run.control.tickDone(tick);
    watchFor(1800, moving);
  }
  t.equal(moving.run.givenUp, null);
  moving.run.control.pause();
  watchFor(10_000, moving);
  t.equal(moving.run.givenUp, null, 'paused');
  moving.run.control.resume();
  watchFor(2400, moving);
  t.match(moving.run.givenUp, {
    code: 'WORKER_STUCK',
    tick: 5,
    message: /finished no tick for 2 s after tick 5/,
  });
  t.ok(moving.run.signal.aborted);
  t.equal(moving.run.stopped, null, 'no stop was requested');
  t.end();
});

void t.test('a time limit beyond the longest delay of timers does not end at once', async (t) => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  t.teardown(() => process.off('warning', note));
  const { run } = supervised({ timeout_ms: 40 * 24 * 3_600_000 });
  await pause(20);
  run.end();
  t.equal(run.stopped, null);
  t.strictSame(warnings, [], 'no TimeoutOverflowWarning');
});

void t.test('the time during which the process is suspended does not count as a stall', (t) => {
  const suspended = supervised({ stall_ms: 60_000 });
  watchFor(1000, suspended);
  suspended.clock.ms += 3_600_000;
  watchFor(1000, suspended);
  t.equal(suspended.run.givenUp, null);
  t.end();
});

void t.test('a run that waits for others after submission is not stuck', (t) => {
  const waiting = supervised({ quick: true });
  watchFor(60_000, waiting);
  t.equal(waiting.run.givenUp, null);
  t.ok(waiting.run.control.begin());
  watchFor(2400, waiting);
  t.match(waiting.run.givenUp, { code: 'WORKER_STUCK', tick: 0 });
  t.end();
});

void t.test('the time limit counts computing time, not pauses', async (t) => {
  const limited = supervised({ timeout_ms: 40 });
  limited.run.control.pause();
  await pause(80);
  limited.clock.ms += 80;
  limited.run.look();
  t.equal(limited.run.stopped, null);
  limited.run.control.resume();
  limited.clock.ms += 40;
  while (limited.run.stopped === null) await pause(5);
  t.equal(limited.run.stopped, 'timed_out');
  t.ok(limited.run.control.stopRequested);
  limited.run.end();
});

void t.test('the first reason to stop is kept, and a run that does not stop is abandoned', async (t) => {
  const { run } = supervised();
  run.stop('cancelled');
  run.stop('shut_down');
  t.equal(run.stopped, 'cancelled');
  while (!run.signal.aborted) await pause(5);
  t.equal(run.givenUp, null);
  run.end();
});

void t.test('a quick run that is stopped before it begins is not started', (t) => {
  const { run } = supervised({ quick: true });
  run.stop('cancelled');
  t.notOk(run.control.begin());
  run.end();
  t.end();
});
