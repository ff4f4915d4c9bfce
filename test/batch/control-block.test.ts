import t from 'tap';
import { ControlBlock } from '../../lib/batch/execute/control-block.js';

void t.test('both sides see one block', (inner) => {
  const supervisor = new ControlBlock();
  const run = new ControlBlock(supervisor.buffer);
  inner.equal(run.stopRequested, false);
  inner.equal(run.paused, false);
  run.tickDone(5_000_000_000);
  inner.equal(supervisor.ticksCompleted, 5_000_000_000);
  supervisor.requestStop();
  inner.equal(run.stopRequested, true);
  inner.end();
});

void t.test('a paused run may be given single ticks', (inner) => {
  const control = new ControlBlock();
  control.pause();
  inner.equal(control.paused, true);
  control.allow(2);
  inner.equal(control.paused, false);
  control.tickDone(1);
  inner.equal(control.paused, false);
  control.tickDone(2);
  inner.equal(control.paused, true, 'both are used up');
  control.resume();
  control.tickDone(3);
  inner.equal(control.paused, false);
  inner.end();
});

void t.test('stopping wakes a paused run', (inner) => {
  const control = new ControlBlock();
  control.pause();
  control.requestStop();
  control.waitWhilePaused();
  inner.pass('returned');
  inner.end();
});
