/**
 * The batch runner: expand -> resolve -> key -> plan -> schedule -> report (batch contract, sections 1 to 3).
 *
 * Invariants: a plan depends only on the documents and on the contents of the store; the results of a run
 * depend neither on the executor, nor the number of slots, nor the order; a run is done only when it is
 * stored; a failing run does not stop the others; a stopped batch can be continued by the next call.
 */
export { Batch } from './batch.js';
export { type RunBudget } from './plan/budget.js';
export { expandCells } from './expand/expand.js';
export { planBatch } from './pipeline.js';
export { AS_WRITTEN } from './plan/plan.js';
export type { PlannedRun } from './plan/planned-run.js';
export { EVERYTHING } from './expand/select.js';
