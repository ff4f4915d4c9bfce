import { describeVerdict, type GoldenReport } from '../../golden/index.js';
import { goldenCode } from '../verdict/golden-counts.js';
import type { BatchReport, GoldenFinding } from './batch-report.js';

/** The goldens of a batch in its report: the results as data, and the findings for every reporter. */
export function reportedGoldens(report: GoldenReport | null): BatchReport['goldens'] {
  return report === null ? null : { ...goldenResults(report), ...goldenFindings(report) };
}

/** The differences, as a short text for every reporter. */
export function goldenFindings({
  results,
  not_judged,
  obsolete,
  ok,
}: GoldenReport): NonNullable<BatchReport['goldens']> {
  const bad = results.filter((result) => !result.ok);
  const overridden = results.filter(({ action }) => action === 'not_judged').length;
  return {
    ok,
    compared: results.length - overridden,
    not_judged: overridden,
    findings: [
      ...bad.map(({ name, verdict }): GoldenFinding => {
        return { name, code: goldenCode(verdict), lines: describeVerdict(verdict) };
      }),
      ...obsolete.map(({ name, why }) => ({ name, code: 'GOLDEN_OBSOLETE', lines: [why] })),
      ...not_judged
        .filter(({ because }) => because !== 'run_failed' && because !== 'run_left')
        .map(({ name, reason }) => ({ name, code: 'GOLDEN_NOT_JUDGED', lines: [reason] })),
    ],
  };
}

function goldenResults({ results, not_judged, obsolete, removed, notes, ok }: GoldenReport): object {
  return {
    ok,
    notes,
    obsolete: obsolete.map(({ name, why }) => ({ name, why })),
    removed,
    unjudged: not_judged,
    results: results.map(({ name, verdict, action, ok: isOk }) => ({
      name,
      ok: isOk,
      action,
      ...(verdict.verdict === 'changed'
        ? { verdict: verdict.verdict, cause: verdict.cause, ending: verdict.ending, ...verdict.difference }
        : verdict.verdict === 'agrees'
          ? { verdict: verdict.verdict, moved: verdict.moved }
          : verdict),
    })),
  };
}
