import type { SideRun } from './batch-side.js';
import type { Changed, RunChangeKind } from './pair-runs.js';
import type { FirstDifference, RunCause } from './run-difference.js';
import type { Speed, SpeedThreshold } from './speed.js';

/** Version of the shape below; raised when a field changes its meaning or goes away. */
export const BATCH_DIFF_VERSION = 1;

/** A run that is not in both batches as it was. */
export interface RunChange {
  readonly name: string;
  /** `same` for a run whose result is the same although its inputs or its time are not. */
  readonly change: RunChangeKind;
  readonly what: readonly Changed[];
  readonly speed: Speed | null;
  /** Null when nothing was compared, because one side has no such run or no record of it. */
  readonly cause: RunCause | null;
  /** Null when the results are the same, or when it is not known. */
  readonly first: FirstDifference | null;
  /** Why cause and first difference are not known; null when they are, or when there is nothing to know. */
  readonly unknown: string | null;
  readonly a: SideRun | null;
  readonly b: SideRun | null;
}

/** How many runs a comparison found of each kind. */
export interface BatchDiffCounts {
  readonly added: number;
  readonly gone: number;
  readonly changed: number;
  readonly same: number;
  /** Of the same ones, those with other inputs. */
  readonly same_with_other_inputs: number;
  readonly faster: number;
  readonly slower: number;
}

/** Two batches compared, `a` the earlier one. */
export interface BatchDiff {
  readonly v: typeof BATCH_DIFF_VERSION;
  readonly kind: 'BatchDiff';
  readonly a: { readonly batch: string; readonly started_at: string | null };
  readonly b: { readonly batch: string; readonly started_at: string | null };
  /** True when nothing is added, gone or changed. */
  readonly equal: boolean;
  readonly threshold: SpeedThreshold;
  readonly counts: BatchDiffCounts;
  /** Every change of the engine's version, and how many of the runs below it is a cause of. */
  readonly engines: readonly { readonly a: string; readonly b: string; readonly runs: number }[];
  /** By name. Runs that are the same in everything are only counted. */
  readonly runs: readonly RunChange[];
}
