import type { GoldenReport } from '../../golden/index.js';
import { goldenCode } from '../verdict/golden-code.js';
import type { BatchReport, GoldenFinding } from './batch-report.js';

/** How golden/ tells a verdict in words; handed in because golden/ is loaded late. */
export type DescribeVerdict = (verdict: GoldenReport['results'][number]['verdict']) => readonly string[];

/** What does not agree, in the few words that every reporter shows. */
export function goldenFindings(
  { results, not_judged, obsolete, ok }: GoldenReport,
  describe: DescribeVerdict,
): NonNullable<BatchReport['goldens']> {
  const bad = results.filter((result) => !result.ok);
  const overridden = results.filter(({ action }) => action === 'not_judged').length;
  return {
    ok,
    compared: results.length - overridden,
    not_judged: overridden,
    findings: [
      ...bad.map(({ name, verdict }): GoldenFinding => {
        return { name, code: goldenCode(verdict), lines: describe(verdict) };
      }),
      ...obsolete.map(({ name, why }) => ({ name, code: 'GOLDEN_OBSOLETE', lines: [why] })),
      ...not_judged
        .filter(({ because }) => because !== 'run_failed' && because !== 'run_left')
        .map(({ name, reason }) => ({ name, code: 'GOLDEN_NOT_JUDGED', lines: [reason] })),
    ],
  };
}
