import type { Digest } from '../../base/digest.js';
import type { PlannedRun } from './planned-run.js';

/** One part of a plan that several machines share. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}
/** A part of a plan, and where it stands in the whole. */
interface PlanShard extends Shard {
  /** Runs of the whole plan. */
  readonly total: number;
  /** Position in the whole plan of each run of the part, from 0. */
  readonly positions: readonly number[];
  /** H of the whole partition: parts that were cut differently do not fit together. */
  readonly partition: Digest;
  /** By run name, the milliseconds a report gave for the same inputs: passed on, so that the next cut is the same. */
  readonly given?: ReadonlyMap<string, number>;
}
export interface BatchPlan {
  /** In the order of scenario ids, and of each sweep. */
  readonly runs: readonly PlannedRun[];
  /** H of the names and input keys of the whole plan, whatever part of it the runs are. */
  readonly digest: Digest;
  /** Which part of the plan the runs are; absent for all of it. */
  readonly shard?: PlanShard;
}
