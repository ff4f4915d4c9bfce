import t from 'tap';
import { checkBroken, problemsOf } from './broken.js';
import { MISFIT_CASES, SLP_CASES } from './cases/slp.js';
import { CHANGING_RUN } from './sample-graphs.js';

checkBroken(t, 'e.yaml', SLP_CASES);
checkBroken(t, 'e.yaml', MISFIT_CASES, 'c.yaml');

void t.test('a window in which a stream changes its width is refused', (t) => {
  const changed = (text: string, to: string): string[] =>
    problemsOf('c.yaml', CHANGING_RUN.replace(text, to));
  t.same(changed('source: prev_chain', 'source: fluxes'), ['window-width 15:9 /windows/0/streams/0']);
  t.same(changed('    streams:\n      - {name: C, source: prev_chain}\n', ''), [
    'window-width 10:5 /windows/0',
    'window-width 10:5 /windows/0',
  ]);
  t.same(
    problemsOf('c.yaml', CHANGING_RUN.replace(/windows:[\s\S]*/, 'windows: {every: 8, apx_name: X}\n')),
    ['window-width 9:10 /windows', 'window-width 9:10 /windows'],
  );
  const apart = CHANGING_RUN.replace(/windows:[\s\S]*/, 'windows: {every: 1, apx_name: X}\n');
  t.same(problemsOf('c.yaml', apart), [], 'windows that end before the graph changes are legal');
  t.end();
});

void t.test('events after the last tick are legal and unused', (t) => {
  t.same(
    problemsOf('c.yaml', CHANGING_RUN.replace('ticks: 8', 'ticks: 1').replace('end_tick: 8', 'end_tick: 1')),
    [],
  );
  t.end();
});
