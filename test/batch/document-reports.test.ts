import { createColors } from 'picocolors';
import t from 'tap';
import { verdictOf } from '../../lib/batch/verdict/report-verdict.js';
import type { BatchReport } from '../../lib/batch/report/batch-report.js';
import { githubAnnotations } from '../../lib/batch/report/document/github-annotations.js';
import { githubSummary } from '../../lib/batch/report/document/github-report.js';
import { githubStepSummary } from '../../lib/batch/report/document/github-step-summary.js';
import { goldenLines } from '../../lib/batch/report/golden-lines.js';
import { htmlReport } from '../../lib/batch/report/document/html-report.js';
import { junitReport } from '../../lib/batch/report/document/junit-report.js';
import { tapReport } from '../../lib/batch/report/document/tap-report.js';
import { FAULTED, sampleOutcome, sampleReport } from './sample-report.js';

const dead = { code: 'WORKER_DIED', message: 'gone', tick: null, place: null };
const report = sampleReport(
  [
    sampleOutcome('s[a=1]'),
    sampleOutcome('s[a=2]', { state: 'cached', executions: 0, duration_ms: 0 }),
    sampleOutcome('bad', FAULTED),
    sampleOutcome('dead', { state: 'failed', ok: false, failure: dead, run: null, result_digest: null }),
    sampleOutcome('left', { state: 'not_started', ok: false, run: null, executions: 0, duration_ms: 0 }),
  ],
  {
    findings: [
      {
        name: 's[a=1]',
        code: 'GOLDEN_CHANGED',
        lines: ['cause: changed inputs', 'first difference: tick 3'],
      },
      { name: 'old', code: 'GOLDEN_OBSOLETE', lines: ['no manifest requests it'] },
    ],
  },
);

void t.test('junit has a suite per scenario and separates errors, failures and skips', (inner) => {
  const xml = junitReport(report);
  inner.match(xml, '<testsuite name="s" tests="2" failures="1" errors="0" skipped="0" time="0.012">');
  inner.match(xml, '<testcase name="s[a=2]" classname="s" time="0.000"/>');
  inner.match(xml, '<failure type="INT_RANGE" message="too &lt;large&gt; &amp; &quot;odd&quot;">');
  inner.match(xml, '<error type="WORKER_DIED" message="gone">');
  inner.match(xml, '<skipped message="not_started"/>');
  inner.match(xml, /<testsuite name="goldens" tests="1" failures="1".*\n.*name="old".*\n.*GOLDEN_OBSOLETE/);
  const tags = [...xml.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)].filter(([, , , self]) => self === '');
  const depth = tags.reduce((open, [, close]) => open + (close === '' ? 1 : -1), 0);
  inner.equal(depth, 0, 'every element is closed');
  inner.end();
});

void t.test('tap has a point per run, skips for runs left, YAML for failures', (inner) => {
  const lines = tapReport(report).split('\n');
  inner.strictSame(lines.slice(0, 2), ['TAP version 14', '1..7']);
  inner.strictSame(
    lines.filter((line) => /^(not )?ok/.test(line)),
    [
      'not ok 1 - s[a=1]',
      'ok 2 - s[a=2] (cached)',
      'not ok 3 - bad',
      'not ok 4 - dead',
      'ok 5 - left # SKIP not_started',
      'not ok 6 - golden old',
      'not ok 7 - batch',
    ],
  );
  inner.ok(lines.includes('  message: "too <large> & \\"odd\\""'));
  inner.end();
});

void t.test('github has at most ten annotations and a complete summary', (inner) => {
  const runs = Array.from({ length: 14 }, (_, n) => sampleOutcome(`bad[n=${String(n)}]`, FAULTED));
  const many = sampleReport(runs);
  const annotations = githubAnnotations(many).trim().split('\n');
  inner.equal(annotations.length, 10);
  inner.equal(annotations[0]!.split('::')[1], 'error title=bad[n=0]%3A INT_RANGE');
  inner.match(annotations[9], 'and 5 more failures; the step summary lists them all');
  inner.equal(githubStepSummary(many), githubSummary(many));
  const summary = githubSummary(many);
  for (const { name } of runs) inner.ok(summary.includes(name.replace(/[[\]]/g, '\\$&')), name);
  inner.match(githubSummary(report), '| bad | 1 | 0 | 0 | 1 | 0 | 12 ms |');
  inner.match(githubSummary(sampleReport([sampleOutcome('a')])), '## aether-batch: passed');
  inner.end();
});

void t.test('a step summary of github stays below the size limit and counts omissions', (inner) => {
  // Two bytes each, so that characters and bytes are distinguished.
  const failure = { ...FAULTED.failure, message: 'ä'.repeat(200) };
  const failing = (count: number, nameOf: (n: number) => string): BatchReport =>
    sampleReport(Array.from({ length: count }, (_, n) => sampleOutcome(nameOf(n), { ...FAULTED, failure })));
  const sweep = failing(2500, (n) => `s[n=${String(n)}]`);
  const whole = githubSummary(sweep);
  inner.ok(whole.length < 1_000_000 && Buffer.byteLength(whole) > 1_048_576);
  inner.ok(whole.includes('s\\[n=2499\\]'), 'the written summary is complete');
  const summary = githubStepSummary(sweep);
  inner.match(summary, '| s | 2,500 | 0 | 0 | 2,500 | 0 |');
  inner.match(summary, '- **s** `INT_RANGE` 2,500 times; the first: **s\\[n=0\\]** ä');
  inner.match(summary, 'have\nevery one');
  inner.match(githubAnnotations(sweep), 'the step summary counts them, report.json has them all');
  const scattered = githubStepSummary(failing(9000, (n) => `${'s'.repeat(50)}${String(n)}`));
  inner.ok(Buffer.byteLength(scattered) <= 1_000_000);
  inner.match(scattered, /\n\nand [\d,]+ more scenarios\.\n/);
  inner.match(scattered, /\n- and [\d,]+ more kinds\n/);
  inner.end();
});

void t.test('html is one page with charts that fetches nothing', (inner) => {
  const html = htmlReport(report);
  inner.notMatch(html, /<script|https?:|src=|@import|url\(/, 'no resources from other places');
  inner.equal(html.match(/<ul class="bars">/g)?.length, 3);
  const keys = [...html.matchAll(/<svg class="key"><rect class="(\w+)"\/><\/svg>(\w+)/g)];
  inner.strictSame(
    keys.map(([, kind, word]) => `${kind!} ${word!}`),
    ['cached cached', 'bad failed', 'left left', 'bad failed'],
    'each chart has a legend of its colours',
  );
  inner.notMatch(html, /<svg[^>]*>(?:(?!<\/svg>).)*<text/, 'no text that shrinks with the page');
  inner.match(html, 'Not as expected');
  inner.match(html, 'too &lt;large&gt; &amp; &quot;odd&quot;');
  inner.match(html, 'GOLDEN_OBSOLETE');
  inner.match(htmlReport(sampleReport([sampleOutcome('a')])), 'class="good">As expected');
  inner.end();
});

/** Elements of arrays that are visited or copied during a call. */
function stepsOf(work: () => unknown): number {
  const own = Object.getOwnPropertyDescriptor(Array.prototype, Symbol.iterator)!;
  let steps = 0;
  const counting = function* (this: readonly unknown[]): Generator {
    for (let n = 0; n < this.length; n++, steps++) yield this[n];
  };
  Object.defineProperty(Array.prototype, Symbol.iterator, { ...own, value: counting });
  try {
    work();
  } finally {
    Object.defineProperty(Array.prototype, Symbol.iterator, own);
  }
  return steps;
}

void t.test('the work grows linearly with the runs of a scenario', (inner) => {
  const sweep = (runs: number): BatchReport =>
    sampleReport(Array.from({ length: runs }, (_, n) => sampleOutcome(`s[n=${String(n)}]`)));
  const [one, two] = [sweep(500), sweep(1000)];
  for (const render of [junitReport, tapReport, githubSummary, githubAnnotations, htmlReport]) {
    const [once, twice] = [stepsOf(() => render(one)), stepsOf(() => render(two))];
    inner.ok(twice <= 2 * once, `${render.name}: ${String(once)}, then ${String(twice)} steps`);
  }
  inner.end();
});

void t.test('a run that differs from its golden counts as failed in every report', (inner) => {
  const findings = [{ name: 'gf01', code: 'GOLDEN_CHANGED', lines: ['cause: changed inputs'] }];
  const outcomes = [sampleOutcome('gf01'), sampleOutcome('ring', { state: 'cached', executions: 0 })];
  const at = sampleReport(outcomes, { findings });
  const summary = githubSummary(at);
  inner.match(summary, '| gf01 | 1 | 0 | 0 | 1 | 0 | 12 ms |');
  inner.match(summary, '2 runs: 1 cached, 1 failed in 1.5 s.');
  const html = htmlReport(at);
  inner.match(html, /<rect class="bad"[^>]*><title>gf01: 1 failed</, 'the bar of the outcomes');
  inner.notMatch(html, 'gf01: 1 done');
  inner.match(html, /<rect class="bad"[^>]*><title>gf01: 12 ms</, 'the bar of the duration');
  inner.match(html, '2 runs: 1 cached, 1 failed in 1.5 s.');
  inner.match(junitReport(at), '<testsuite name="gf01" tests="1" failures="1"');
  inner.end();
});

void t.test('goldens that were not judged are not reported as compared', (inner) => {
  const at = sampleReport([sampleOutcome('a')]);
  const judged = { ...at, goldens: { ...at.goldens!, compared: 2, not_judged: 8 } };
  for (const text of [githubSummary(judged), htmlReport(judged)]) {
    inner.match(text, '2 runs agree, 8 not judged');
  }
  inner.match(goldenLines(report.goldens, verdictOf(report).goldens, createColors(false)), [
    'FAILED  s[a=1]  GOLDEN_CHANGED',
    '        cause: changed inputs',
    '        first difference: tick 3',
    'FAILED  old  GOLDEN_OBSOLETE',
    '        no manifest requests it',
    'goldens: 1 run agrees, 1 changed, 1 obsolete',
  ]);
  inner.end();
});
