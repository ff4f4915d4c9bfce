/**
 * The batch runner: expand -> resolve -> key -> plan -> schedule -> report (batch contract, sections 1 to 3).
 *
 * Invariants: a plan depends only on the documents and on what the store holds; the results of a run depend on
 * neither the executor, the number of slots nor the order; a run counts as done only when the store has it;
 * whatever one run does, the others go on; a batch that is stopped leaves nothing that the next call cannot
 * continue.
 */
export { Batch } from './batch.js';
export { type RunBudget } from './plan/budget.js';
export { expandCells } from './expand/expand.js';
export { AS_WRITTEN, planBatch } from './plan/plan.js';
export type { Shard } from './plan/batch-plan.js';
export type { PlannedRun } from './plan/planned-run.js';
export { EVERYTHING } from './expand/select.js';
