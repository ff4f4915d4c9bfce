import fc from 'fast-check';
import t from 'tap';
import { problemsOf } from './broken.js';
import { MINIMAL } from './resolved.js';

void t.test('hundreds of thousands of windows are checked in one pass', (t) => {
  const windows = Array.from({ length: 50_000 }, (_, i) => ({
    window_id: `w${i}`,
    apx_name: `x${i}`,
    start_tick: i + 1,
    end_tick: i + 1,
  }));
  const run = {
    v: 1,
    gid: 'G',
    run_id: 'r',
    topology_path: 't.yaml',
    profile_path: 'p.yaml',
    initial_state: [1, 2],
    windows,
    primary_window_id: 'w0',
  };
  const codes = (ticks: number): string[] =>
    problemsOf('b.json', JSON.stringify({ ...run, ticks })).map((line) => line.split(' ')[0]!);
  t.same(codes(50_000), []);
  t.same(codes(9_000_000_000_000_000), ['window-gap']);
  t.same(problemsOf('r.yaml', MINIMAL.replace('ticks: 10', 'ticks: 9000000000000000')), [
    'too-many-windows 8:18 /windows/every',
  ]);
  t.end();
});

void t.test('coverage agrees with a check of every tick', (t) => {
  const span = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.array(span, { minLength: 1, maxLength: 5 }),
      (ticks, spans) => {
        const windows = spans.map(([a, b], i) => ({
          window_id: `w${i}`,
          apx_name: `x${i}`,
          start_tick: Math.min(a, b, ticks),
          end_tick: Math.min(Math.max(a, b), ticks),
        }));
        const run = { v: 1, gid: 'G', run_id: 'r', topology_path: 't.yaml', profile_path: 'p.yaml', ticks };
        const text = JSON.stringify({ ...run, initial_state: [1, 2], windows, primary_window_id: 'w0' });
        let gaps = 0;
        let inside = true;
        for (let tick = 1; tick <= ticks; tick++) {
          const covered = windows.some((window) => window.start_tick <= tick && tick <= window.end_tick);
          if (!covered && inside) gaps += 1;
          inside = covered;
        }
        const found = problemsOf('b.json', text);
        if (found.length !== gaps || !found.every((line) => line.startsWith('window-gap')))
          throw new Error(text);
      },
    ),
    { numRuns: 300 },
  );
  t.end();
});
