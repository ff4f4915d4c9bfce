/** Version of the shape below; raised when a field changes its meaning or goes away. */
export const BATCH_VERDICT_VERSION = 1;

/**
 * Whether the goldens of a batch were looked at. judged: they were. off: the caller asked for none to be judged.
 * not_recorded: the batch is of an older version, which did not record it.
 */
type GoldenScope = 'judged' | 'off' | 'not_recorded';

/** A golden that does not agree, or that could not be judged. */
export interface GoldenIssue {
  /** Run name, the name of an obsolete golden, or a shard whose goldens were not judged. */
  readonly name: string;
  /** GOLDEN_CHANGED, GOLDEN_MISSING, GOLDEN_RENAMED, GOLDEN_DAMAGED, GOLDEN_OBSOLETE or GOLDEN_NOT_JUDGED. */
  readonly code: string;
  /** False when it fails the batch; true for a golden that is not judged because the caller overrides its inputs. */
  readonly ok: boolean;
  /** One line: what differs, or why it is not judged. */
  readonly reason: string;
}

/** What the comparison of a batch with its goldens came to, in numbers. */
export interface GoldenCounts {
  readonly scope: GoldenScope;
  /** Why the goldens were not judged; null when they were, or when that is not recorded. */
  readonly why: string | null;
  /** Selected runs whose manifests ask for a golden; null when that is not recorded. */
  readonly wanted: number | null;
  readonly agree: number;
  readonly changed: number;
  /** Those that lie under a former name of the run included: `renamedCount` of them. */
  readonly missing: number;
  readonly damaged: number;
  readonly obsolete: number;
  readonly not_judged: number;
  /** Results that this batch made goldens (`-u`). */
  readonly accepted: number;
  /** Obsolete goldens that this batch removed (`-u all`). */
  readonly removed: number;
  readonly issues: readonly GoldenIssue[];
}

/** Of the missing goldens, those that lie under a former name of their run. */
export function renamedCount({ issues }: Pick<GoldenCounts, 'issues'>): number {
  return issues.filter(({ code }) => code === 'GOLDEN_RENAMED').length;
}

/** The runs of a batch by their end; `selected` is the sum of all but `executed` and `shared`. */
export interface RunCounts {
  readonly selected: number;
  /** Runs computed by this call, however they ended. */
  readonly executed: number;
  readonly completed: number;
  /** Faulted as expected. */
  readonly faulted_as_expected: number;
  readonly cached: number;
  /** Of the cached ones, those whose result another run of this batch has made. */
  readonly shared: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly not_started: number;
}

/** Why a verdict is not ok. */
export interface VerdictReason {
  readonly code: string;
  /** One sentence. */
  readonly message: string;
}

/** What a batch came to: computed once, recorded, and shown by every report and view (batch contract, section 7). */
export interface BatchVerdict {
  readonly v: typeof BATCH_VERDICT_VERSION;
  /** True when every selected run and every golden is as it should be, and nothing is left. */
  readonly ok: boolean;
  /** Why it is not ok, the most pressing first; empty when ok. */
  readonly reasons: readonly VerdictReason[];
  readonly runs: RunCounts;
  /** Runs whose result was compared with another execution of the same inputs. */
  readonly repeats: { readonly checked: number; readonly disagreed: number };
  readonly goldens: GoldenCounts;
  /** Why no more runs were started before all were done; null when all were. */
  readonly stopped_by: string | null;
  /** Code of the store's error, if one kept results from being kept. */
  readonly store_error: string | null;
}
