import type { BatchVerdict, GoldenCounts } from '../../store/batch-verdict.js';
import type { BatchReport, GoldenFinding } from '../report/batch-report.js';
import { batchVerdict } from './batch-verdict.js';
import { goldensOff } from './golden-counts.js';

/** The verdict of a report; for a report of an older version, derived from its fields. */
export function verdictOf(report: BatchReport): BatchVerdict {
  if (report.verdict !== undefined) return report.verdict;
  const { runs, goldens, stopped_by, store_error } = report;
  const { selected, executed, completed, faulted_as_expected, cached, shared = 0 } = report;
  const { failed, cancelled, not_started } = report;
  const ended = { selected, executed, completed, faulted_as_expected, cached, shared };
  return batchVerdict({
    runs: { ...ended, failed, cancelled, not_started },
    repeats: {
      checked: runs.filter(({ executions }) => executions > 1).length,
      disagreed: runs.filter(({ failure }) => failure?.code === 'RESULTS_DISAGREE').length,
    },
    goldens: goldens === null ? goldensOff('--no-golden', null) : countsOf(goldens),
    stopped_by,
    store_error,
  });
}

function countsOf({ compared, not_judged = 0, findings }: NonNullable<BatchReport['goldens']>): GoldenCounts {
  const count = (code: string): number => findings.filter((finding) => finding.code === code).length;
  const differing = findings.filter(({ code }) => code !== 'GOLDEN_OBSOLETE').length;
  return {
    scope: 'judged',
    why: null,
    wanted: compared + not_judged,
    agree: Math.max(0, compared - differing),
    changed: count('GOLDEN_CHANGED'),
    missing: count('GOLDEN_MISSING'),
    damaged: count('GOLDEN_DAMAGED'),
    obsolete: count('GOLDEN_OBSOLETE'),
    not_judged,
    accepted: 0,
    removed: 0,
    issues: findings.map(issueOf),
  };
}

function issueOf({ name, code, lines }: GoldenFinding): GoldenCounts['issues'][number] {
  return { name, code, ok: false, reason: lines[0] ?? code };
}
