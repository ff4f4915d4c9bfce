import type { Digest } from '../../base/digest.js';
import type { FirstDifference, RunCause } from '../batch-diff/run-difference.js';
import type { Speed } from '../batch-diff/speed.js';

/** Version of the shape below; raised when a field changes its meaning or is removed. */
export const HISTORY_VERSION = 1;

/** first: no earlier batch has a result of it. none: this batch has none. */
export type HistoryResult = 'first' | 'same' | 'changed' | 'none';

/** Why a result differs from that of the previous batch. */
export interface HistoryChange {
  /** Run name. */
  readonly name: string;
  readonly before: Digest;
  readonly after: Digest;
  /** Null if one of the runs can no longer be read; `unknown` is the reason. */
  readonly cause: RunCause | null;
  readonly first: FirstDifference | null;
  readonly unknown: string | null;
}

/** A run name, or all runs of a scenario, in one batch. */
export interface HistoryEntry {
  readonly batch: string;
  readonly started_at: string;
  readonly manifests: readonly string[];
  /** Runs with the name in this batch: one, or all of the scenario. */
  readonly runs: number;
  readonly executed: number;
  readonly cached: number;
  /** Failed, cancelled, timed out or not started. */
  readonly bad: number;
  /** Engine versions of the results, ascending; unknown for removed runs. */
  readonly engines: readonly string[];
  /** The result of one run; for several the hash of all, by name. Null if none has one. */
  readonly result_digest: Digest | null;
  readonly result: HistoryResult;
  readonly changes: readonly HistoryChange[];
  /** Names whose inputs differ from the previous batch, although the result is the same. */
  readonly other_inputs: readonly string[];
  /**
   * The code of the golden with an issue; otherwise the common word of all runs: `agrees`, `accepted` by this
   * batch, or `none` if no golden is requested; `judged` if they differ or the batch did not record it. Null
   * if no golden was judged.
   */
  readonly golden: string | null;
  /** Duration of one execution of each run in milliseconds; null if none is known. */
  readonly measured_ms: number | null;
  /** Compared with the last batch that executed it. */
  readonly speed: Speed | null;
}

/** A run name or scenario over the batches of a store. */
export interface History {
  readonly v: typeof HISTORY_VERSION;
  readonly kind: 'History';
  readonly name: string;
  readonly of: 'run' | 'scenario';
  /** The latest first. */
  readonly entries: readonly HistoryEntry[];
  /** True if older batches contain it as well. */
  readonly more: boolean;
}
