/**
 * inspect/batch-diff/ compares two batches as a whole: what was added, is gone, changed, or takes another time.
 *
 * Invariants: a pure function of both batches and the runs that they name; runs that are the same are not read; a run that
 * cannot be read is told as such and hides no other.
 */
export { type BatchDiff, type RunChange } from './batch-diff.js';
export { batchDiffTable } from './batch-diff-table.js';
export { sideOfRecord, type BatchSide, type SideRun } from './batch-side.js';
export { diffBatches } from './diff-batches.js';
export { SPEED_THRESHOLD } from './speed.js';
