import t, { type Test } from 'tap';
import { openStager } from '../../lib/store/index.js';
import { LiveMemory } from '../../lib/service/live/live-memory.js';
import { runWatchedJob, type WatchedJob } from '../../lib/service/live/watched-job.js';
import { sampleInputs } from '../batch/sample-runs.js';
import { jobOf } from '../conformance/executor-suite.js';

/** Tick count, live memory and log of a run at one time. */
interface Shown {
  readonly ticks: number;
  readonly live: number;
  readonly logged: number;
}

/** Actions of other threads on the run, at each of its time readings and waits. */
interface Others {
  /** @param count number of time readings so far */
  readonly now?: (count: number, run: Played) => void;
  readonly waits: (run: Played) => void;
}

interface Played extends Pick<ReturnType<typeof jobOf>, 'control'> {
  readonly shown: () => Shown;
}

/** Plays a run of eight ticks on this thread; returns the number of time readings. */
function play(t: Test, { now, waits }: Others): number {
  const inputs = sampleInputs({ logging: true });
  const { job, control } = jobOf(inputs);
  const live = new LiveMemory(inputs.topology.N);
  let log = '';
  const shown = (): Shown => ({
    ticks: control.ticksCompleted,
    live: live.summary().tick,
    logged: log.split('"tick_complete"').length - 1,
  });
  const run: Played = { control, shown };
  let count = 0;
  // The time does not advance, so no update is sent merely because it is due.
  const read = (): number => {
    count++;
    now?.(count, run);
    return 0;
  };
  const clock = { now: read, monotonic: read };
  const file = {
    append: (text: Uint8Array | string) => void (log += text.toString()),
    close: () => undefined,
  };
  const files = {
    open: () => file,
    read: () => Promise.reject(new Error('not read')),
    size: () => log.length,
  };
  const waiting = t.capture(Atomics, 'wait', () => {
    waits(run);
    return 'ok';
  });
  const watched: WatchedJob = { ...job, live: live.buffer, spool: 'spool' };
  runWatchedJob(watched, { stager: openStager({ at: 'memory' }), clock, files });
  waiting.restore();
  return count;
}

void t.test('a tick is announced only after it is in the live memory', (t) => {
  const early: Shown[] = [];
  const looked = play(t, {
    now: (_, { shown }) => {
      const seen = shown();
      if (seen.ticks > seen.live) early.push(seen);
    },
    waits: () => undefined,
  });
  t.ok(looked > 8);
  t.strictSame(early, []);
  t.end();
});

void t.test('a paused run has shown all its ticks, whenever it is paused', (t) => {
  const asked = play(t, { waits: () => undefined });
  const waited: number[] = [];
  for (let moment = 1; moment <= asked; moment++) {
    play(t, {
      now: (count, { control }) => {
        if (count === moment) control.pause();
      },
      waits: ({ control, shown }) => {
        const { ticks, live, logged } = shown();
        t.strictSame([live, logged], [ticks, ticks], `paused at moment ${String(moment)}`);
        waited.push(ticks);
        control.requestStop();
      },
    });
  }
  t.strictSame([...new Set(waited)], [0, 1, 2, 3, 4, 5, 6, 7]);
  t.end();
});

void t.test('a stepped run has shown its ticks when it is seen to be paused', (t) => {
  const seen: Shown[] = [];
  const late: Shown[] = [];
  play(t, {
    now: (count, { control, shown }) => {
      if (count === 1) control.allow(3);
      const { ticks, live, logged } = shown();
      if (control.paused && (live < ticks || logged < ticks)) late.push(shown());
    },
    waits: ({ control, shown }) => {
      seen.push(shown());
      control.requestStop();
    },
  });
  t.strictSame(seen, [{ ticks: 3, live: 3, logged: 3 }]);
  t.strictSame(late, []);
  t.end();
});
