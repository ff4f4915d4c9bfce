import t from 'tap';
import { ControlBlock } from '../../lib/execution/control-block.js';

void t.test('both sides share one block', (inner) => {
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

void t.test('a paused run can be granted single ticks', (inner) => {
  const control = new ControlBlock();
  control.pause();
  inner.equal(control.paused, true);
  control.allow(2);
  inner.equal(control.paused, false);
  control.tickDone(1);
  inner.equal(control.paused, false);
  control.tickDone(2);
  inner.equal(control.paused, true, 'both ticks are used up');
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

/** The run's side of a block that changes right after its first check. */
class CalledInBetween extends ControlBlock {
  #call: (() => void) | undefined;

  constructor(supervisor: ControlBlock, call: () => void) {
    super(supervisor.buffer);
    this.#call = call;
  }

  override get stopRequested(): boolean {
    const seen = super.stopRequested;
    this.#call?.();
    this.#call = undefined;
    return seen;
  }
}

void t.test('a call that comes just before the run waits is not missed', (inner) => {
  for (const call of ['requestStop', 'resume'] as const) {
    const supervisor = new ControlBlock();
    const run = new CalledInBetween(supervisor, () => supervisor[call]());
    supervisor.pause();
    // A wait that would block returns at once and reports it.
    const { wait } = Atomics;
    const waits: string[] = [];
    const { restore } = inner.capture(Atomics, 'wait', (words: Int32Array, index: number, value: number) => {
      const ended = wait(words, index, value, 0);
      waits.push(ended);
      return ended;
    });
    run.waitWhilePaused();
    restore();
    inner.strictSame(waits, ['not-equal'], call);
  }
  inner.end();
});
