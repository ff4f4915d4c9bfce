import type { GoldenReport } from '../../golden/index.js';
import { goldenCode } from '../verdict/golden-code.js';
import type { BatchReport, GoldenFinding } from './batch-report.js';

/** Text of a verdict, from golden/; injected because golden/ is loaded lazily. */
export type DescribeVerdict = (verdict: GoldenReport['results'][number]['verdict']) => readonly string[];

/** The differences, as a short text for every reporter. */
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
