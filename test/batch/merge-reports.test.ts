import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { mergeReports } from '../../lib/batch/report/merge-reports.js';
import type { BatchReport, GoldenFinding } from '../../lib/batch/report/batch-report.js';
import { FAULTED, sampleOutcome, sampleReport } from './sample-report.js';

const outcomes = ['a', 'b', 'c', 'd', 'e'].map((name) => sampleOutcome(name, name === 'd' ? FAULTED : {}));
const one = sampleReport(outcomes, { shard: { index: 1, count: 2, positions: [0, 2, 4] } });
const two = sampleReport(outcomes, { shard: { index: 2, count: 2, positions: [1, 3] }, batch: 'b-2' });

function merge(...reports: readonly BatchReport[]): ReturnType<typeof mergeReports> {
  return mergeReports(reports.map((report, n) => ({ file: `r${String(n + 1)}`, report })));
}

function codes(...reports: readonly BatchReport[]): string[] {
  const merged = merge(...reports);
  return merged.ok ? [] : merged.problems.map(({ code }) => code);
}

void t.test('merging shards in any order gives the report of the plan, in plan order', (inner) => {
  const merged = merge(two, one);
  inner.match(merged, { ok: true, report: { selected: 5, completed: 4, failed: 1, plan: { shard: null } } });
  if (!merged.ok) return;
  inner.strictSame(merged.report.runs, sampleReport(outcomes).runs);
  inner.equal(merged.report.metrics.executed, 5);
  inner.equal(merged.report.metrics.jobs, 4);
  inner.equal(merged.report.metrics.ticks, one.metrics.ticks + two.metrics.ticks);
  inner.end();
});

void t.test('gaps, duplicates and foreign reports are refused with all reasons', (inner) => {
  inner.strictSame(codes(one), ['REPORT_MISSING_SHARD', 'REPORT_GAP']);
  inner.strictSame(codes(one, two, two), [
    'REPORT_DUPLICATE_SHARD',
    'REPORT_DUPLICATE_RUN',
    'REPORT_DUPLICATE_RUN',
  ]);
  const others = sampleReport(outcomes.slice(1), { shard: { index: 2, count: 2, positions: [1, 3] } });
  inner.strictSame(codes(one, others), ['REPORT_FOREIGN_PLAN']);
  const cut = { ...two, plan: { ...two.plan, shard: { ...two.plan.shard!, partition: sha256('other') } } };
  inner.strictSame(codes(one, cut), ['REPORT_OTHER_PARTITION']);
  inner.strictSame(codes(one, sampleReport(outcomes)), ['REPORT_OTHER_PARTITION']);
  inner.strictSame(codes(), ['REPORT_GAP']);
  inner.end();
});

void t.test('a run with wrong inputs does not match its plan', (inner) => {
  const runs = two.runs.map((run) => ({ ...run, input_key: sha256('else') }));
  inner.strictSame(codes(one, { ...two, runs }), ['REPORT_FOREIGN_PLAN']);
  const overlapping = { ...two, runs: two.runs.map((run) => ({ ...run, position: 0 })) };
  inner.strictSame(codes(one, overlapping), ['REPORT_DUPLICATE_RUN', 'REPORT_DUPLICATE_RUN', 'REPORT_GAP']);
  inner.end();
});

void t.test('a report that contains a run twice is refused', (inner) => {
  const own = sampleReport(outcomes);
  const twice = { ...own, runs: [...own.runs, own.runs[1]!] };
  inner.match(merge(twice), {
    ok: false,
    problems: [{ code: 'REPORT_DUPLICATE_RUN', message: 'b is in r1 twice' }],
  });
  const short = { ...one, runs: [...one.runs.slice(0, 2), one.runs[0]!] };
  inner.strictSame(codes(short, two), ['REPORT_DUPLICATE_RUN', 'REPORT_GAP']);
  inner.end();
});

void t.test('an obsolete golden is reported once for all shards', (inner) => {
  const old = { name: 'old', code: 'GOLDEN_OBSOLETE', lines: ['no manifest requests it'] };
  const own = { name: 'a', code: 'GOLDEN_CHANGED', lines: ['cause: changed inputs'] };
  const goldens = (findings: readonly GoldenFinding[]): BatchReport['goldens'] => ({
    ok: false,
    compared: 2,
    findings,
  });
  const merged = merge({ ...one, goldens: goldens([own, old]) }, { ...two, goldens: goldens([old]) });
  inner.strictSame(merged.ok && merged.report.goldens, {
    ok: false,
    compared: 4,
    not_judged: 0,
    findings: [own, old],
  });
  inner.end();
});
