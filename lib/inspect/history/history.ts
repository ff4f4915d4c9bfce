import type { Digest } from '../../base/digest.js';
import type { FirstDifference, RunCause } from '../batch-diff/run-difference.js';
import type { Speed } from '../batch-diff/speed.js';

/** Version of the shape below; raised when a field changes its meaning or goes away. */
export const HISTORY_VERSION = 1;

/** first: no earlier batch has a result of it. none: this batch has none. */
export type HistoryResult = 'first' | 'same' | 'changed' | 'none';

/** Why a result is not that of the batch before. */
export interface HistoryChange {
  /** Run name. */
  readonly name: string;
  readonly before: Digest;
  readonly after: Digest;
  /** Null when one of the runs cannot be read any more; `unknown` says why. */
  readonly cause: RunCause | null;
  readonly first: FirstDifference | null;
  readonly unknown: string | null;
}

/** What one batch did with a run name, or with all runs of a scenario. */
export interface HistoryEntry {
  readonly batch: string;
  readonly started_at: string;
  readonly manifests: readonly string[];
  /** Runs of the name in this batch: one, or as many as the scenario had. */
  readonly runs: number;
  readonly executed: number;
  readonly cached: number;
  /** Failed, cancelled, timed out or never started. */
  readonly bad: number;
  /** Versions of the engines whose results stand for them, ascending; of runs that are gone nobody knows. */
  readonly engines: readonly string[];
  /** The result of one run; of several the hash of all, by name. Null when none has one. */
  readonly result_digest: Digest | null;
  readonly result: HistoryResult;
  readonly changes: readonly HistoryChange[];
  /** Names whose inputs are others than in the batch before, although the result is the same. */
  readonly other_inputs: readonly string[];
  /**
   * The code of the golden that is not as it should be; else what all its runs have in common: `agrees`, `accepted` by this
   * batch, or `none` where no golden is asked for; `judged` when they differ or the batch did not record it. Null when no
   * golden was judged.
   */
  readonly golden: string | null;
  /** Milliseconds of one execution of each run; null when none is known. */
  readonly measured_ms: number | null;
  /** Against the last batch that executed it. */
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
  /** True when older batches have it too. */
  readonly more: boolean;
}
