/**
 * The batch runner: expand -> resolve -> key -> plan -> schedule -> report (batch contract, sections 1 to 3).
 *
 * Invariants: a plan depends only on the documents and on what the store holds; the results of a run depend on
 * neither the executor, the number of slots nor the order; a run counts as done only when the store has it;
 * whatever one run does, the others go on; a batch that is stopped leaves nothing that the next call cannot
 * continue.
 */
export { Batch, type BatchOptions, type BatchResult } from './batch.js';
export { batchMetrics, type BatchMetrics } from './batch-metrics.js';
export type { BatchEvent, BatchEventSink, BatchSummary, StopCause } from './batch-event.js';
export { DEFAULT_BUDGET, estimatedCost, type RunBudget, type RunCost } from './plan/budget.js';
export { RUN_NAME } from './expand/cell-name.js';
export { ControlBlock } from './execute/control-block.js';
export type { Executor } from './execute/executor.js';
export { expandCells } from './expand/expand.js';
export { InProcessExecutor, type InProcessOptions } from './execute/in-process-executor.js';
export type { RunOutcome } from './outcome.js';
export { AS_WRITTEN, planBatch, type PlanOptions } from './plan/plan.js';
export type { BatchPlan, PlanShard, Shard } from './plan/batch-plan.js';
export type { Expectation, PlannedRun, PlanReason, RunForecast } from './plan/planned-run.js';
export type { ExecutionSurroundings, LogDestination } from './execute/run-execution.js';
export { inputKey } from '../run/input-key.js';
export type { SessionView } from '../run/session.js';
export { newRunId } from './execute/run-id.js';
export type { RunJob, RunJobResult } from './execute/run-job.js';
export { recordedDurations } from './plan/recorded-durations.js';
export { rederiveBlobs } from './rederive-blobs.js';
export { repairStore, type RepairOptions, type RepairReport } from './repair-store.js';
export { RunningRun } from './execute/running-run.js';
export type { RunSurroundings } from './execute/run-surroundings.js';
export type { ScheduleLimits } from './execute/schedule.js';
export { EVERYTHING, type Selection } from './expand/select.js';
export { shardPlan, shardText } from './plan/shard.js';
export { WorkerExecutor, type WorkerOptions } from './execute/worker-executor.js';
export { runWorkerJob, type WorkerReply } from './execute/worker-job.js';
