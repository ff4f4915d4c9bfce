import type { Digest } from '../../base/digest.js';
import type { PlannedRun } from './planned-run.js';

/** One part of a plan that is divided among several machines. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}
/** A part of a plan, and its position in the whole. */
interface PlanShard extends Shard {
  /** Runs of the whole plan. */
  readonly total: number;
  /** Position of each run of the part in the whole plan, from 0. */
  readonly positions: readonly number[];
  /** H of the whole partition: parts of different partitions cannot be merged. */
  readonly partition: Digest;
  /**
   * Durations in milliseconds from a report, by run name, for the same inputs: passed on, so that the next
   * division is the same.
   */
  readonly given?: ReadonlyMap<string, number>;
}
export interface BatchPlan {
  /** By scenario id, then in the order of the sweep. */
  readonly runs: readonly PlannedRun[];
  /** H of the names and input keys of the whole plan, even if the runs are a part of it. */
  readonly digest: Digest;
  /** The part of the plan; absent for all of it. */
  readonly shard?: PlanShard;
}
