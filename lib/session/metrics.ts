import type { Json } from '../base/canonical-json.js';
import type { ConfigRunId } from '../base/run-id.js';
import type { RunInputs } from '../engine/inputs.js';
import type { EnvelopeCounts } from './committer.js';

/** Metrics record of a completed run (section 9). */
export interface RunMetrics {
  readonly [key: string]: Json | undefined;
  readonly gid: string;
  readonly run_id: ConfigRunId;
  readonly total_ticks: number;
  readonly window_count: number;
  readonly nap_total: number;
  readonly nap_ingress: number;
  readonly nap_data: number;
  readonly nap_egress: number;
  readonly uledger_entries: number;
  readonly uledger_last_hash: string | null;
  readonly apx_manifests: number;
  readonly apxi_views: number;
  /** Pattern type to motif count; absent unless the Codex ran. */
  readonly codex_motif_counts?: Readonly<Record<string, number>> | undefined;
}

/** Builds the metrics record from running counts. */
export function runMetrics(
  inputs: RunInputs,
  seen: {
    readonly counts: EnvelopeCounts;
    readonly uledger_entries: number;
    readonly uledger_last_hash: string | null;
    readonly apx_manifests: number;
    readonly apxi_views: number;
    readonly codex_motif_counts: Readonly<Record<string, number>> | undefined;
  },
): RunMetrics {
  const { run } = inputs;
  const metrics = {
    gid: run.gid,
    run_id: run.run_id,
    total_ticks: run.ticks,
    window_count: run.windows.length,
    nap_total: seen.counts.total,
    nap_ingress: seen.counts.ingress,
    nap_data: seen.counts.data,
    nap_egress: seen.counts.egress,
    uledger_entries: seen.uledger_entries,
    uledger_last_hash: seen.uledger_last_hash,
    apx_manifests: seen.apx_manifests,
    apxi_views: seen.apxi_views,
  };
  const { codex_motif_counts } = seen;
  return codex_motif_counts === undefined ? metrics : { ...metrics, codex_motif_counts };
}
