/** Version of the shape below; raised when a field changes its meaning or is removed. */
export const BATCH_VERDICT_VERSION = 1;

/**
 * State of the judgement of the goldens of a batch. judged: they were judged. off: the caller disabled the judgement.
 * not_recorded: the batch is of an older version, which did not record it.
 */
type GoldenScope = 'judged' | 'off' | 'not_recorded';

/** A golden that does not agree, or that could not be judged. */
export interface GoldenIssue {
  /** Run name, the name of an obsolete golden, or a shard whose goldens were not judged. */
  readonly name: string;
  /** GOLDEN_CHANGED, GOLDEN_MISSING, GOLDEN_RENAMED, GOLDEN_DAMAGED, GOLDEN_OBSOLETE or GOLDEN_NOT_JUDGED. */
  readonly code: string;
  /**
   * False if it fails the batch; true for a golden that is not judged because the caller overrides its
   * inputs.
   */
  readonly ok: boolean;
  /** One line: the difference, or why it is not judged. */
  readonly reason: string;
}

/** Result of comparing a batch with its goldens, as counts. */
export interface GoldenCounts {
  readonly scope: GoldenScope;
  /** Why the goldens were not judged; null if they were, or if it is not recorded. */
  readonly why: string | null;
  /** Selected runs whose manifests request a golden; null if it is not recorded. */
  readonly wanted: number | null;
  readonly agree: number;
  readonly changed: number;
  /** Includes goldens under a former name of the run: `renamedCount` of them. */
  readonly missing: number;
  readonly damaged: number;
  readonly obsolete: number;
  readonly not_judged: number;
  /** Results that this batch accepted as goldens (`-u`). */
  readonly accepted: number;
  /** Obsolete goldens that this batch removed (`-u all`). */
  readonly removed: number;
  readonly issues: readonly GoldenIssue[];
}

/** The missing goldens that exist under a former name of their run. */
export function renamedCount({ issues }: Pick<GoldenCounts, 'issues'>): number {
  return issues.filter(({ code }) => code === 'GOLDEN_RENAMED').length;
}

/** The runs of a batch by end state; `selected` is the sum of all but `executed` and `shared`. */
export interface RunCounts {
  readonly selected: number;
  /** Runs computed by this call, with any end. */
  readonly executed: number;
  readonly completed: number;
  /** Faulted as expected. */
  readonly faulted_as_expected: number;
  readonly cached: number;
  /** Cached runs whose result was computed by another run of this batch. */
  readonly shared: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly not_started: number;
}

/** A reason of a verdict that is not ok. */
export interface VerdictReason {
  readonly code: string;
  /** One sentence. */
  readonly message: string;
}

/**
 * The verdict of a batch: computed once, recorded, and shown by every report and view (batch contract,
 * section 7).
 */
export interface BatchVerdict {
  readonly v: typeof BATCH_VERDICT_VERSION;
  /** True if every selected run and every golden is as expected, and no run is left. */
  readonly ok: boolean;
  /** The reasons, the most important first; empty if ok. */
  readonly reasons: readonly VerdictReason[];
  readonly runs: RunCounts;
  /** Runs whose result was compared with another execution of the same inputs. */
  readonly repeats: { readonly checked: number; readonly disagreed: number };
  readonly goldens: GoldenCounts;
  /** Why no more runs were started before the end; null if all were started. */
  readonly stopped_by: string | null;
  /** Code of the store error, if results could not be stored. */
  readonly store_error: string | null;
}
