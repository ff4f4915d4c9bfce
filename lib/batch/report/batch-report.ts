import type { Digest } from '../../base/digest.js';
import type { BatchDiff } from '../../inspect/batch-diff/index.js';
import type { BatchVerdict } from '../../store/batch-verdict.js';
import type { BatchMetrics } from '../batch-metrics.js';
import type { BatchResult } from '../batch.js';
import type { BatchSummary } from '../batch-event.js';
import type { RunOutcome } from '../outcome.js';
import type { BatchPlan } from '../plan/batch-plan.js';

/** Version of the document; raised when a field changes its meaning or is removed. */
export const BATCH_REPORT_VERSION = 1;

/** The outcome of a run with its position in the whole plan. */
export interface ReportedRun extends RunOutcome {
  /** From 0. */
  readonly position: number;
}

/** A difference or change in the comparison with goldens. */
export interface GoldenFinding {
  /** Run name, or the name of an obsolete golden. */
  readonly name: string;
  /** GOLDEN_MISSING, GOLDEN_RENAMED, GOLDEN_CHANGED, GOLDEN_DAMAGED, GOLDEN_OBSOLETE or GOLDEN_NOT_JUDGED. */
  readonly code: string;
  /** Facts, one per line. */
  readonly lines: readonly string[];
}

/** The part of a plan in a report. */
interface ReportedPlan {
  /** H of the names and input keys of the whole plan. */
  readonly digest: Digest;
  /** Runs of the whole plan. */
  readonly total: number;
  /** Null if the report covers the whole plan. */
  readonly shard: { readonly index: number; readonly count: number; readonly partition: Digest } | null;
}

/** A batch from its plan to its end as one document: the output of `--json`, and the source of reports. */
export interface BatchReport extends BatchSummary {
  readonly v: typeof BATCH_REPORT_VERSION;
  readonly kind: 'BatchResult';
  readonly plan: ReportedPlan;
  readonly metrics: BatchMetrics;
  /** The verdict of the batch; absent in reports of older versions. */
  readonly verdict?: BatchVerdict;
  readonly runs: readonly ReportedRun[];
  /** Null if goldens were not compared; otherwise `ok` and the findings of the comparison. */
  readonly goldens: {
    readonly ok: boolean;
    /** Runs that were compared with their golden. */
    readonly compared: number;
    /** Runs whose golden has other inputs because of -S; absent in older reports. */
    readonly not_judged?: number;
    readonly findings: readonly GoldenFinding[];
  } | null;
  /** The comparison with an earlier batch; absent unless requested. */
  readonly comparison?: BatchDiff;
}

/** Creates the report of a batch. */
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
