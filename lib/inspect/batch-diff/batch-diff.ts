import type { SideRun } from './batch-side.js';
import type { Changed, RunChangeKind } from './pair-runs.js';
import type { FirstDifference, RunCause } from './run-difference.js';
import type { Speed, SpeedThreshold } from './speed.js';

/** Version of the shape below; raised when a field changes its meaning or is removed. */
export const BATCH_DIFF_VERSION = 1;

/** A run that differs between two batches. */
export interface RunChange {
  readonly name: string;
  /** `same` for a run whose result is the same although its inputs or its time differ. */
  readonly change: RunChangeKind;
  readonly what: readonly Changed[];
  readonly speed: Speed | null;
  /** Null if nothing was compared, because one side has no such run or no record of it. */
  readonly cause: RunCause | null;
  /** Null if the results are the same, or if it is unknown. */
  readonly first: FirstDifference | null;
  /** Why cause and first difference are unknown; null if they are known, or if there is none. */
  readonly unknown: string | null;
  readonly a: SideRun | null;
  readonly b: SideRun | null;
}

/** Number of runs of each kind in a comparison. */
export interface BatchDiffCounts {
  readonly added: number;
  readonly gone: number;
  readonly changed: number;
  readonly same: number;
  /** Unchanged runs with other inputs. */
  readonly same_with_other_inputs: number;
  readonly faster: number;
  readonly slower: number;
}

/** Comparison of two batches, `a` the earlier one. */
export interface BatchDiff {
  readonly v: typeof BATCH_DIFF_VERSION;
  readonly kind: 'BatchDiff';
  readonly a: { readonly batch: string; readonly started_at: string | null };
  readonly b: { readonly batch: string; readonly started_at: string | null };
  /** True if nothing is added, gone or changed. */
  readonly equal: boolean;
  readonly threshold: SpeedThreshold;
  readonly counts: BatchDiffCounts;
  /** Every change of the engine version, and the number of runs below that it is a cause of. */
  readonly engines: readonly { readonly a: string; readonly b: string; readonly runs: number }[];
  /** By name. Runs without any difference are only counted. */
  readonly runs: readonly RunChange[];
}
