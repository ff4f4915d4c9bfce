import { canonicalJson } from '../base/canonical-json.js';
import type { Digest } from '../base/digest.js';
import type { SignatureLibrary } from '../engine/codex/signature-library.js';
import { policySetRecord } from '../engine/governance/policy-set.js';
import type { RunInputs } from '../engine/inputs.js';
import { codexPass, type CodexResult } from './codex-pass.js';
import type { Committer } from './committer.js';
import { runMetrics, type RunMetrics } from './metrics.js';
import type { RunObserver } from './run-observer.js';
import type { RunStreams } from './run-streams.js';

/** Input of the closing records of a completed run. */
export interface ClosingParts {
  readonly inputs: RunInputs;
  readonly streams: RunStreams;
  readonly committer: Committer;
  /** Null if the Codex did not run. */
  readonly library: SignatureLibrary | null;
  readonly policySetHash: Digest;
  readonly manifests: number;
  readonly views: number;
  readonly observer: RunObserver;
}

/**
 * Writes the records of the end of a run: motifs and judged proposals, the last envelopes and U-ledger
 * entries, the policy set with its usage, and metrics. Returns the metrics; null if they are disabled.
 */
export function writeClosingRecords(parts: ClosingParts): RunMetrics | null {
  const { inputs, streams, committer, library, policySetHash } = parts;
  const codex =
    library === null
      ? null
      : codexPass(inputs, library, { motifs: streams.codex_motifs!, proposals: streams.codex_proposals! });
  parts.observer.codex(codex);
  committer.finish(codex?.usage ?? null);
  if (streams.governance !== null) {
    const policySet = {
      ...policySetRecord(inputs.governance),
      policy_set_hash: policySetHash,
      usage: codex?.usage ?? null,
      approved: codex?.approved ?? 0,
      hypothetical: codex?.hypothetical ?? 0,
    };
    streams.governance.line(canonicalJson(policySet), 0);
  }
  return inputs.run.metrics_enabled ? writeMetrics(parts, codex) : null;
}

function writeMetrics(
  { inputs, streams, committer, manifests, views }: ClosingParts,
  codex: CodexResult | null,
): RunMetrics {
  const metrics = runMetrics(inputs, {
    counts: committer.counts,
    uledger_entries: committer.entries,
    uledger_last_hash: committer.lastEntryHash,
    apx_manifests: manifests,
    apxi_views: views,
    codex_motif_counts: codex?.motif_counts,
  });
  streams.metrics!.line(canonicalJson(metrics), 0);
  return metrics;
}
