import type { Digest } from '../../base/digest.js';
import type { BatchDiff } from '../../inspect/batch-diff/index.js';
import type { BatchVerdict, VerdictReason } from '../../store/batch-verdict.js';
import type { BatchMetrics } from '../batch-metrics.js';
import type { BatchResult } from '../batch.js';
import type { BatchSummary } from '../batch-event.js';
import type { RunOutcome } from '../outcome.js';
import type { BatchPlan } from '../plan/plan.js';
import { verdictOf } from '../verdict/report-verdict.js';

/** Version of the document; raised when a field changes its meaning or goes away. */
export const BATCH_REPORT_VERSION = 1;

/** A run's outcome at its place in the whole plan. */
export interface ReportedRun extends RunOutcome {
  /** From 0. */
  readonly position: number;
}

/** What the comparison with goldens found wrong, or changed. */
export interface GoldenFinding {
  /** Run name, or the name of an obsolete golden. */
  readonly name: string;
  /** GOLDEN_MISSING, GOLDEN_RENAMED, GOLDEN_CHANGED, GOLDEN_DAMAGED, GOLDEN_OBSOLETE or GOLDEN_NOT_JUDGED. */
  readonly code: string;
  /** Facts, one a line. */
  readonly lines: readonly string[];
}

/** The part of a plan that a report is about. */
export interface ReportedPlan {
  /** H of the names and input keys of the whole plan. */
  readonly digest: Digest;
  /** Runs of the whole plan. */
  readonly total: number;
  /** Null when the report is about all of it. */
  readonly shard: { readonly index: number; readonly count: number; readonly partition: Digest } | null;
}

/** A batch from its plan to its end as one document: what `--json` prints, and what reports are made of. */
export interface BatchReport extends BatchSummary {
  readonly v: typeof BATCH_REPORT_VERSION;
  readonly kind: 'BatchResult';
  readonly plan: ReportedPlan;
  readonly metrics: BatchMetrics;
  /** What the batch came to; absent in reports of older versions. */
  readonly verdict?: BatchVerdict;
  readonly runs: readonly ReportedRun[];
  /** Null when goldens were not looked at; else `ok` and whatever the check of goldens tells. */
  readonly goldens: {
    readonly ok: boolean;
    /** Runs that were judged by their golden. */
    readonly compared: number;
    /** Runs whose golden was taken with other inputs than -S gives them; reports of old do not count them. */
    readonly not_judged?: number;
    readonly findings: readonly GoldenFinding[];
  } | null;
  /** How it compares with an earlier batch; absent when nothing asked for it. */
  readonly comparison?: BatchDiff;
}

/** Puts the report of a batch together. */
export function batchReport(
  plan: BatchPlan,
  { summary, outcomes, metrics, verdict }: BatchResult,
  goldens: BatchReport['goldens'],
): BatchReport {
  const { digest, shard } = plan;
  return {
    v: BATCH_REPORT_VERSION,
    kind: 'BatchResult',
    ...summary,
    plan: {
      digest,
      total: shard?.total ?? outcomes.length,
      shard:
        shard === undefined ? null : { index: shard.index, count: shard.count, partition: shard.partition },
    },
    metrics,
    verdict,
    runs: outcomes.map((outcome, at) => ({
      position: shard?.positions[at] ?? at,
      ...outcome,
      measured_ms: shard?.given?.get(outcome.name) ?? outcome.measured_ms ?? null,
    })),
    goldens,
  };
}

/** What is wrong with one run, from its own outcome and from its golden. */
export interface Complaint {
  readonly code: string;
  /** One line. */
  readonly message: string;
  /** More of it, one fact a line. */
  readonly details: readonly string[];
}

/** Name under which complaints about the batch as a whole are listed; no run can have it. */
export const WHOLE_BATCH = '(batch)';

/**
 * What is wrong with a run, by name; also goldens that have no run, and the batch as a whole. Empty exactly when the
 * verdict is ok.
 */
export function complaints(report: BatchReport): ReadonlyMap<string, readonly Complaint[]> {
  const found = new Map<string, Complaint[]>();
  const add = (name: string, complaint: Complaint): void => {
    const known = found.get(name);
    if (known === undefined) found.set(name, [complaint]);
    else known.push(complaint);
  };
  for (const run of report.runs) if (!run.ok && !isLeft(run)) add(run.name, runComplaint(run));
  for (const { name, code, lines } of report.goldens?.findings ?? []) {
    add(name, { code, message: lines[0] ?? code, details: lines.slice(1) });
  }
  for (const { code, message } of verdictOf(report).reasons.filter(isOfWholeBatch)) {
    add(WHOLE_BATCH, { code, message, details: [] });
  }
  return found;
}

/** Reasons that runs and goldens already tell one by one. */
const TOLD_ONE_BY_ONE: ReadonlySet<string> = new Set(['RUNS_FAILED', 'GOLDENS_DIFFER', 'GOLDENS_NOT_JUDGED']);

function isOfWholeBatch({ code }: VerdictReason): boolean {
  return !TOLD_ONE_BY_ONE.has(code);
}

/** Stopped before its end, or never started. */
export function isLeft({ state }: RunOutcome): boolean {
  return state === 'not_started' || state === 'cancelled';
}

/** True when the batch is as it should be. */
export function isGood(report: BatchReport): boolean {
  return verdictOf(report).ok;
}

function runComplaint(run: RunOutcome): Complaint {
  const { failure } = run;
  const where = [
    ...(failure?.tick === null || failure === null ? [] : [`tick ${String(failure.tick)}`]),
    ...(failure?.place === null || failure === null ? [] : [failure.place]),
  ].join(', ');
  return {
    code: failure?.code ?? run.state.toUpperCase(),
    message: failure?.message ?? `ended as ${run.state}`,
    details: [
      ...(where === '' ? [] : [`at ${where}`]),
      `${String(run.ticks_completed)} of ${String(run.ticks_total)} ticks computed`,
      ...(run.run === null ? [] : [`run ${run.run}; look: aether runs ${run.run}`]),
    ],
  };
}
