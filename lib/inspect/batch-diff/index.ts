/**
 * inspect/batch-diff/ compares two batches as a whole: runs that were added, are gone, changed, or take
 * another time.
 *
 * Invariants: a pure function of both batches and their runs; runs that are the same are not read; a run that
 * cannot be read is reported as such and hides no other.
 */
export { type BatchDiff, type RunChange } from './batch-diff.js';
export { batchDiffTable } from './batch-diff-table.js';
export { sideOfRecord, type BatchSide, type SideRun } from './batch-side.js';
export { diffBatches } from './diff-batches.js';
export { latestBatchOf } from './latest-batch.js';
export { SPEED_THRESHOLD } from './speed.js';
