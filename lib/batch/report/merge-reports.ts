import { hashRecord } from '../../base/digest.js';
import { batchMetrics } from '../batch-metrics.js';
import { batchVerdict } from '../verdict/batch-verdict.js';
import { mergedGoldens, type GoldenPart } from '../verdict/merge-goldens.js';
import { verdictOf } from '../verdict/report-verdict.js';
import type { BatchVerdict } from '../../store/batch-verdict.js';
import { shardText } from '../plan/shard.js';
import { BATCH_REPORT_VERSION, type BatchReport, type GoldenFinding } from './batch-report.js';

/** A report and its file. */
export interface NamedReport {
  readonly file: string;
  readonly report: BatchReport;
}

type MergeProblem = { readonly code: string; readonly message: string };
export type Merged =
  | { readonly ok: true; readonly report: BatchReport }
  | { readonly ok: false; readonly problems: readonly MergeProblem[] };

/**
 * Merges the reports of all shards of a plan. Fails, with all reasons, unless they belong to one partition of
 * one plan, each shard occurs once, and their runs are exactly those of the plan.
 */
export function mergeReports(named: readonly NamedReport[]): Merged {
  const [first] = named;
  if (first === undefined)
    return { ok: false, problems: [{ code: 'REPORT_GAP', message: 'there is no report' }] };
  const strangers = named.slice(1).flatMap((other) => foreign(first, other));
  const problems = strangers.length > 0 ? strangers : [...shardProblems(named), ...runProblems(named)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, report: merged(named.map(({ report }) => report)) };
}

function foreign(first: NamedReport, other: NamedReport): MergeProblem[] {
  const [a, b] = [first.report.plan, other.report.plan];
  const say = (what: string, code: string): MergeProblem[] => [
    { code, message: `${other.file} ${what} than ${first.file}` },
  ];
  if (a.digest !== b.digest) return say('belongs to another plan', 'REPORT_FOREIGN_PLAN');
  if (a.total !== b.total || a.shard?.count !== b.shard?.count || a.shard?.partition !== b.shard?.partition) {
    return say('divides the plan differently', 'REPORT_OTHER_PARTITION');
  }
  return [];
}

function shardProblems(named: readonly NamedReport[]): MergeProblem[] {
  const problems: MergeProblem[] = [];
  const files = new Map<number, string>();
  const count = named[0]!.report.plan.shard?.count ?? 1;
  for (const { file, report } of named) {
    const index = report.plan.shard?.index ?? 1;
    const known = files.get(index);
    if (known === undefined) files.set(index, file);
    else {
      const message = `${file} is shard ${shardText({ index, count })} again, as ${known}`;
      problems.push({ code: 'REPORT_DUPLICATE_SHARD', message });
    }
  }
  for (let index = 1; index <= count; index++) {
    if (files.has(index)) continue;
    problems.push({
      code: 'REPORT_MISSING_SHARD',
      message: `shard ${shardText({ index, count })} is missing`,
    });
  }
  return problems;
}

function runProblems(named: readonly NamedReport[]): MergeProblem[] {
  const problems: MergeProblem[] = [];
  const places = new Map<number, { readonly file: string; readonly name: string; readonly key: string }>();
  const { digest, total } = named[0]!.report.plan;
  for (const { file, report } of named) {
    const own = new Set<number>();
    for (const { position, name, input_key } of report.runs) {
      const known = places.get(position);
      if (known === undefined) places.set(position, { file, name, key: input_key });
      else if (own.has(position)) problems.push(duplicate(`${name} is in ${file} twice`));
      // A report that is given twice is one duplicate.
      else if (known.file !== file) problems.push(duplicate(`${name} is in ${known.file} and in ${file}`));
      own.add(position);
    }
  }
  if (places.size < total) {
    const gap = String(total - places.size);
    problems.push({
      code: 'REPORT_GAP',
      message: `${gap} of ${String(total)} runs of the plan are in no report`,
    });
  }
  if (problems.length > 0) return problems;
  const inOrder = [...places].sort(([a], [b]) => a - b).map(([, { name, key }]) => [name, key]);
  if (hashRecord(inOrder) === digest) return [];
  return [{ code: 'REPORT_FOREIGN_PLAN', message: 'the digest of the runs differs from that of the plan' }];
}

function duplicate(message: string): MergeProblem {
  return { code: 'REPORT_DUPLICATE_RUN', message };
}

/** Each shard reports every obsolete golden; the plan has it once. */
function distinct(findings: readonly GoldenFinding[]): GoldenFinding[] {
  return [
    ...new Map(findings.map((finding) => [JSON.stringify([finding.name, finding.code]), finding])).values(),
  ];
}

/**
 * The whole plan as if one call had run it; its parts ran in parallel, so its time is that of the longest
 * part.
 */
function merged(reports: readonly BatchReport[]): BatchReport {
  const runs = reports.flatMap((report) => report.runs).sort((a, b) => a.position - b.position);
  const sum = (of: (report: BatchReport) => number): number => reports.reduce((total, r) => total + of(r), 0);
  const duration_ms = Math.max(...reports.map((report) => report.duration_ms));
  const verdict = mergedVerdict(reports);
  const { digest, total } = reports[0]!.plan;
  return {
    v: BATCH_REPORT_VERSION,
    kind: 'BatchResult',
    batch: reports.map(({ batch }) => batch).join('+'),
    ...verdict.runs,
    stopped_by: pressingStop(reports),
    store_error: verdict.store_error,
    duration_ms,
    verdict,
    plan: { digest, total, shard: null },
    metrics: batchMetrics(runs, {
      jobs: Math.max(
        1,
        sum((r) => r.metrics.jobs),
      ),
      wall_ms: duration_ms,
      ticks: sum((r) => r.metrics.ticks),
    }),
    runs,
    goldens: mergedFindings(reports, verdict),
  };
}

function mergedVerdict(reports: readonly BatchReport[]): BatchVerdict {
  const verdicts = reports.map(verdictOf);
  const sum = (of: (verdict: BatchVerdict) => number): number =>
    verdicts.reduce((total, one) => total + of(one), 0);
  const goldens = reports.map((report, n): GoldenPart => {
    return { part: partName(report), goldens: verdicts[n]!.goldens };
  });
  return batchVerdict({
    runs: {
      selected: sum(({ runs }) => runs.selected),
      executed: sum(({ runs }) => runs.executed),
      completed: sum(({ runs }) => runs.completed),
      faulted_as_expected: sum(({ runs }) => runs.faulted_as_expected),
      cached: sum(({ runs }) => runs.cached),
      shared: sum(({ runs }) => runs.shared),
      failed: sum(({ runs }) => runs.failed),
      cancelled: sum(({ runs }) => runs.cancelled),
      not_started: sum(({ runs }) => runs.not_started),
    },
    repeats: {
      checked: sum(({ repeats }) => repeats.checked),
      disagreed: sum(({ repeats }) => repeats.disagreed),
    },
    goldens: mergedGoldens(goldens),
    stopped_by: pressingStop(reports),
    store_error: reports.find((r) => r.store_error !== null)?.store_error ?? null,
  });
}

/** An interruption of any part counts for the whole. */
function pressingStop(reports: readonly BatchReport[]): BatchReport['stopped_by'] {
  const causes = reports.flatMap(({ stopped_by }) => (stopped_by === null ? [] : [stopped_by]));
  return causes.find((cause) => cause === 'interrupted') ?? causes[0] ?? null;
}

function partName({ plan: { shard }, batch }: BatchReport): string {
  return shard === null ? `batch ${batch}` : `shard ${shardText(shard)}`;
}

/** Null if no part judged goldens and none was required to. */
function mergedFindings(
  reports: readonly BatchReport[],
  { goldens: { scope, issues } }: BatchVerdict,
): BatchReport['goldens'] {
  const parts = reports.flatMap(({ goldens }) => (goldens === null ? [] : [goldens]));
  const names = new Set(reports.map(partName));
  const skipped = issues.filter(({ name }) => names.has(name));
  if (scope !== 'judged' && skipped.length === 0) return null;
  const findings = distinct([
    ...parts.flatMap((goldens) => goldens.findings),
    ...skipped.map(({ name, code, reason }) => ({ name, code, lines: [reason] })),
  ]);
  return {
    ok: skipped.length === 0 && parts.every(({ ok }) => ok),
    compared: parts.reduce((count, { compared }) => count + compared, 0),
    not_judged: parts.reduce((count, { not_judged = 0 }) => count + not_judged, 0),
    findings,
  };
}
