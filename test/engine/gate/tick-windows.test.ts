import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { TickWindows } from '../../../lib/engine/gate/tick-windows.js';
import type { RunConfig, RunWindow } from '../../../lib/engine/inputs.js';
import { plainWindow, toyRun } from '../toy-run.js';

/** Position of a tick's window by a scan of all windows. */
function scan({ windows, primary_window_id }: RunConfig, tick: number): number {
  const holds = ({ start_tick, end_tick }: RunWindow): boolean => start_tick <= tick && tick <= end_tick;
  const primary = windows.findIndex((w) => w.window_id === primary_window_id);
  return holds(windows[primary]!) ? primary : windows.findIndex(holds);
}

function runWith(spans: readonly (readonly [number, number])[], primary: number, ticks: number): RunConfig {
  const windows = spans.map(([start, end], at) => plainWindow(`W${String(at)}`, start, end));
  return toyRun({ run: { ticks, windows, primary_window_id: `W${String(primary)}` } }).run;
}

const at = (run: RunConfig): number[] => {
  const windows = new TickWindows(run);
  return Array.from({ length: run.ticks }, (_, tick) => windows.at(tick + 1));
};

void t.test('the primary window is chosen if it contains the tick, otherwise the first declared', (t) => {
  const spans = [
    [1, 4],
    [3, 6],
    [2, 8],
  ] as const;
  t.strictSame(at(runWith(spans, 0, 8)), [0, 0, 0, 0, 1, 1, 2, 2]);
  t.strictSame(at(runWith(spans, 1, 8)), [0, 0, 1, 1, 1, 1, 2, 2]);
  t.strictSame(at(runWith(spans, 2, 8)), [0, 2, 2, 2, 2, 2, 2, 2]);
  t.end();
});

void t.test('the index agrees with a scan for random windows and ticks', (t) => {
  const ticks = 30;
  const span = fc
    .tuple(fc.integer({ min: 1, max: ticks }), fc.integer({ min: 1, max: ticks }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const property = fc.property(
    fc.array(span, { maxLength: 12 }),
    fc.nat(),
    fc.nat(),
    (spans, cover, chosen) => {
      // One window over all ticks, at a random place of the list.
      const all = [...spans];
      all.splice(cover % (spans.length + 1), 0, [1, ticks]);
      const run = runWith(all, chosen % all.length, ticks);
      const windows = new TickWindows(run);
      for (let n = 1; n <= ticks; n++) {
        const tick = ((n * 7) % ticks) + 1;
        assert.equal(windows.at(tick), scan(run, tick), `tick ${String(tick)}`);
      }
    },
  );
  fc.assert(property, { seed: 71, numRuns: 500 });
  t.pass('500 sets of windows');
  t.end();
});

void t.test('thousands of windows are indexed', (t) => {
  const spans = Array.from({ length: 4000 }, (_, n) => [n + 1, Math.min(n + 10, 4000)] as const);
  const run = runWith(spans, 2000, 4000);
  const windows = new TickWindows(run);
  for (const tick of [1, 2, 11, 1999, 2001, 2005, 2010, 2011, 4000])
    t.equal(windows.at(tick), scan(run, tick));
  t.end();
});
