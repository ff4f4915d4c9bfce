import picocolors from 'picocolors';
import t from 'tap';
import type { BatchEvent, BatchSummary } from '../../lib/batch/batch-event.js';
import type { RunOutcome } from '../../lib/batch/outcome.js';
import { DotReporter } from '../../lib/batch/report/dot-reporter.js';
import { JsonReporter } from '../../lib/batch/report/json-reporter.js';
import { LiveReporter } from '../../lib/batch/report/live-reporter.js';
import { planLines } from '../../lib/batch/report/plan-report.js';
import { PlainReporter } from '../../lib/batch/report/plain-reporter.js';
import type { ReportSurroundings } from '../../lib/batch/report/reporter.js';
import { SummaryReport } from '../../lib/batch/report/summary-report.js';
import { fittedTable } from '../../lib/batch/report/fitted-table.js';
import { clipped, tableLines } from '../../lib/batch/report/table.js';
import { bytesText, countText, durationText, plural, roughDuration } from '../../lib/base/quantity.js';
import { SupervisedRun } from '../../lib/execution/supervised-run.js';
import { sampleOutcome as outcome } from './sample-report.js';
import { plannedRun, planOf, sampleInputs, UNLIMITED } from './sample-runs.js';
import { runId } from '../ids.js';

const colors = picocolors.createColors(false);

interface Surroundings extends ReportSurroundings {
  readonly out: (text: string) => void;
  readonly said: { out: string; err: string };
  now: number;
  runs: SupervisedRun[];
}

function surroundings(): Surroundings {
  const said = { out: '', err: '' };
  const made: Surroundings = {
    said,
    now: 0,
    runs: [],
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    outColors: colors,
    errColors: colors,
    clock: { now: () => made.now, monotonic: () => made.now },
    running: () => made.runs,
    store: 'artefacts',
  };
  return made;
}

const failed = outcome('bad', {
  state: 'faulted',
  ok: false,
  ticks_completed: 2,
  failure: { code: 'INT_RANGE', message: 'too large', tick: 3, place: 'node 1' },
});
const start = (total: number, work_ms = total * 100): BatchEvent => ({
  type: 'batch_start',
  batch: 'b',
  total,
  to_run: total,
  cached: 0,
  shared: 0,
  jobs: 2,
  work_ms,
});
const end = (ended: RunOutcome): BatchEvent => ({ type: 'run_end', outcome: ended, work_ms: 100 });
const begin = (name: string): BatchEvent => ({
  type: 'run_start',
  name,
  run: runId('r'),
  ticks_total: 8,
  work_ms: 100,
  attempt: 1,
  repetition: 1,
  repetitions: 1,
});

void t.test('times, sizes and counts have suitable units', (inner) => {
  inner.strictSame([0, 999, 1000, 59_900, 60_000, 245_000, 3_600_000, 7_380_000].map(durationText), [
    '0 ms',
    '999 ms',
    '1.0 s',
    '59.9 s',
    '1 min 00 s',
    '4 min 05 s',
    '1 h 00 min',
    '2 h 03 min',
  ]);
  inner.strictSame([200, 9_000, 47_000, 70_000, 3e6, 1e7].map(roughDuration), [
    '~1 s',
    '~9 s',
    '~45 s',
    '~1 min',
    '~50 min',
    '~3 h',
  ]);
  inner.strictSame([0, 1023, 1024, 1_048_575, 5e9].map(bytesText), [
    '0 B',
    '1023 B',
    '1.0 KiB',
    '1.0 MiB',
    '4.7 GiB',
  ]);
  inner.strictSame([0, 999, 1000, 1234567].map(countText), ['0', '999', '1,000', '1,234,567']);
  inner.strictSame([plural(1, 'run'), plural(2000, 'run')], ['1 run', '2,000 runs']);
  inner.end();
});

void t.test('tables are aligned, and long names keep both ends', (inner) => {
  const columns = [
    { title: 'name', align: 'left' },
    { title: 'n', align: 'right' },
  ] as const;
  inner.strictSame(
    tableLines(columns, [
      ['a', '10'],
      ['longer', '9'],
    ]),
    ['name     n', 'a       10', 'longer   9'],
  );
  inner.equal(clipped('abcdefghij', 5), 'ab…ij');
  inner.equal(clipped('abc', 5), 'abc');
  inner.end();
});

void t.test('a table fits its terminal: names are cut, then columns are dropped', (inner) => {
  const columns = [
    { title: 'name', align: 'left', shrinksTo: 8 },
    { title: 'n', align: 'right' },
    { title: 'ticks', align: 'right', isOptional: true },
    { title: 'time', align: 'right', isOptional: true },
  ] as const;
  const rows = [['abcdefghijklmnop', '1', '12', '7.0 s']];
  const at = (width: number | null): string[] => fittedTable(columns, rows, width);
  inner.strictSame(at(null), ['name              n  ticks   time', 'abcdefghijklmnop  1     12  7.0 s']);
  inner.strictSame(at(33), at(null));
  inner.strictSame(at(26), ['name       n  ticks   time', 'abcd…mnop  1     12  7.0 s']);
  inner.strictSame(at(20), ['name        n  ticks', 'abcde…mnop  1     12']);
  inner.strictSame(at(12), ['name       n', 'abcd…mnop  1']);
  inner.strictSame(at(9), ['name    n', 'abc…op  1']);
  inner.end();
});

void t.test('plain lines show each run of a small batch', (inner) => {
  const at = surroundings();
  const reporter = new PlainReporter(at);
  for (const event of [
    start(3),
    end(outcome('a')),
    end(failed),
    end(outcome('c', { state: 'cached', duration_ms: 0 })),
  ]) {
    reporter.onEvent(event);
  }
  inner.strictSame(at.said.err.split('\n'), [
    '3 selected: 3 to run, 0 cached, 2 at once',
    'done    a  8 ticks  12 ms',
    'FAILED  bad  INT_RANGE at tick 3, node 1',
    '',
  ]);
  inner.equal(at.said.out, '');
  inner.end();
});

void t.test('plain lines show a large batch in steps, with the estimated remaining time', (inner) => {
  const at = surroundings();
  const reporter = new PlainReporter(at);
  reporter.onEvent(start(1000));
  for (let i = 0; i < 1000; i++) {
    reporter.onEvent(begin(`r${String(i)}`));
    at.now += 100;
    reporter.onEvent(end(outcome(`r${String(i)}`)));
  }
  const lines = at.said.err.trim().split('\n');
  inner.equal(lines.length, 20);
  inner.equal(lines[1], '50 of 1,000 ended, 0 failed, ~2 min left');
  inner.equal(lines[19], '950 of 1,000 ended, 0 failed, ~5 s left');
  inner.end();
});

void t.test('the live frame shows a bar, counts, an estimate and the active runs', (inner) => {
  const at = surroundings();
  const drawn: string[] = [];
  const area = {
    columns: () => 60,
    rows: () => 24,
    draw: (text: string) => void drawn.push(text),
    clear: () => undefined,
    done: () => undefined,
  };
  const reporter = new LiveReporter(at, area);
  inner.teardown(() => {
    reporter.close();
  });
  reporter.onEvent(start(4));
  inner.match(drawn[0], /0 done · 0 cached · 0 failed · 0 ms · ETA unknown/);
  reporter.onEvent(begin('a'));
  reporter.onEvent(begin('ring-5[ticks=8]'));
  const running = new SupervisedRun('ring-5[ticks=8]', 8, UNLIMITED);
  running.control.tickDone(4);
  at.runs = [running];
  reporter.onEvent(end(outcome('a')));
  at.now = 3000;
  const frame = reporter.frame().split('\n');
  inner.equal(frame[0], `${'█'.repeat(12)}${'░'.repeat(37)}  25%  1/4`);
  inner.equal(
    frame[1],
    '1 done · 0 cached · 0 failed · 3.0 s · ETA ~5 s',
    'one and a half of four in three seconds',
  );
  inner.equal(frame[2], `  ring-5[ticks=8]${' '.repeat(28)}4/8 ticks  50%`);
  inner.ok(frame.every((line) => line.length < 60));
  reporter.onEvent(end(failed));
  inner.equal(
    at.said.err,
    'FAILED  bad  INT_RANGE at tick 3, node 1\n',
    'failures are printed above the frame',
  );
  inner.end();
});

void t.test('dots are wrapped, and JSON has one versioned line per event', (inner) => {
  const at = surroundings();
  const dots = new DotReporter(at);
  for (let i = 0; i < 81; i++)
    dots.onEvent(end(i === 80 ? failed : outcome('a', { state: i === 0 ? 'cached' : 'completed' })));
  dots.close();
  inner.equal(at.said.err, `c${'.'.repeat(79)}\nF\n`);
  new JsonReporter(at).onEvent(end(outcome('a')));
  inner.match(JSON.parse(at.said.out), {
    v: 1,
    time: '1970-01-01T00:00:00.000Z',
    type: 'run_end',
    outcome: { name: 'a' },
  });
  inner.end();
});

const SUMMARY: BatchSummary = {
  batch: 'b-1',
  selected: 4,
  executed: 2,
  completed: 1,
  faulted_as_expected: 0,
  cached: 1,
  shared: 0,
  failed: 1,
  cancelled: 0,
  not_started: 1,
  stopped_by: 'max_failures',
  store_error: null,
  duration_ms: 1500,
};

void t.test('the summary has counts by scenario and all failures', (inner) => {
  const report = new SummaryReport();
  report.add(outcome('s[a=1]'));
  report.add(outcome('s[a=2]', { state: 'cached', duration_ms: 0 }));
  report.add(failed);
  report.add(
    outcome('t', { state: 'not_started', ok: false, run: null, ticks_completed: 0, duration_ms: 0 }),
  );
  inner.strictSame(report.render(SUMMARY, 'artefacts', { colors, width: null }).split('\n'), [
    'scenario  runs  done  cached  failed  left  ticks   time',
    'bad          1     0       0       1     0      2  12 ms',
    's            2     1       1       0     0      8  12 ms',
    't            1     0       0       0     1      0   0 ms',
    'total        4     1       1       1     1     10  24 ms',
    '',
    'FAILED  bad  INT_RANGE at tick 3, node 1',
    '        too large',
    '        2 of 8 ticks computed; look: aether runs run-1',
    '',
    '4 runs: 1 completed, 1 cached, 1 failed, 1 not started in 1.5 s',
    'stopped after the allowed number of failures; 1 run left, the same command continues',
    'batch b-1 in artefacts',
  ]);
  inner.end();
});

void t.test('runs that were cut off by the time limit are counted as left', (inner) => {
  const end = (outcomes: readonly RunOutcome[], change: Partial<BatchSummary>): string => {
    const report = new SummaryReport();
    for (const one of outcomes) report.add(one);
    const summary = { ...SUMMARY, stopped_by: 'global_timeout', ...change } as const;
    return report.render(summary, 'artefacts', { colors, width: null }).split('\n').at(-2)!;
  };
  const cut = outcome('cut', { state: 'timed_out', ok: false });
  const waiting = outcome('waiting', { state: 'not_started', ok: false, executions: 0 });
  inner.equal(
    end([cut, { ...cut, name: 'too' }, waiting], { failed: 2, not_started: 1 }),
    'stopped by --global-timeout; 3 runs left (2 timed out), the same command continues',
  );
  inner.equal(
    end([cut], { failed: 1, not_started: 0 }),
    'stopped by --global-timeout; 1 run left (1 timed out), the same command continues',
  );
  inner.equal(end([failed], { failed: 1, not_started: 0 }), 'stopped by --global-timeout');
  inner.equal(
    end([cut, waiting], { stopped_by: 'max_failures', failed: 1, not_started: 1 }),
    'stopped after the allowed number of failures; 1 run left, the same command continues',
  );
  inner.end();
});

void t.test('rows of the summary and of a plan fit the terminal', (inner) => {
  const report = new SummaryReport();
  const name = 'a-rather-long-scenario-name[ticks=4096,profile=cmp-1,seed=12]';
  report.add(outcome(name, { ticks_completed: 1_234_567, duration_ms: 123_456 }));
  report.add(outcome('other'));
  const plan = planOf([plannedRun(name, sampleInputs()), plannedRun('other', sampleInputs())]);
  for (const width of [60, 100]) {
    const summary = report.render(SUMMARY, 'artefacts', { colors, width }).split('\n').slice(0, 4);
    const planned = [...planLines(plan, 2, width)].slice(0, 3);
    for (const line of [...summary, ...planned]) inner.ok(line.length <= width, line);
    inner.match(summary[0], width === 60 ? /left$/ : /time$/);
    inner.match(planned[0], 'reason');
  }
  inner.end();
});
