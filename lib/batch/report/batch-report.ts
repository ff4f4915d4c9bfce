import type { Digest } from '../../base/digest.js';
import type { BatchDiff } from '../../inspect/batch-diff/index.js';
import type { BatchVerdict } from '../../store/batch-verdict.js';
import type { BatchMetrics } from '../batch-metrics.js';
import type { BatchResult } from '../batch.js';
import type { BatchSummary } from '../batch-event.js';
import type { RunOutcome } from '../outcome.js';
import type { BatchPlan } from '../plan/batch-plan.js';

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
interface ReportedPlan {
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
