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
export { DEFAULT_BUDGET, estimatedCost, type RunBudget, type RunCost } from './budget.js';
export { RUN_NAME } from './cell-name.js';
export { ControlBlock } from './control-block.js';
export type { Executor } from './executor.js';
export { expandCells } from './expand.js';
export { InProcessExecutor, type InProcessOptions } from './in-process-executor.js';
export type { RunOutcome } from './outcome.js';
export { MAX_CELLS, planBatch, type BatchPlan, type PlanOptions } from './plan.js';
export type { Expectation, PlannedRun, PlanReason, RunForecast } from './planned-run.js';
export type { ExecutionSurroundings, LogDestination } from './run-execution.js';
export { inputKey } from '../run/input-key.js';
export type { SessionView } from '../run/session.js';
export { newRunId } from './run-id.js';
export type { RunJob, RunJobResult } from './run-job.js';
export { recordedDurations } from './recorded-durations.js';
export { rederiveBlobs } from './rederive-blobs.js';
export { repairStore, type RepairOptions, type RepairReport } from './repair-store.js';
export { RunningRun } from './running-run.js';
export type { RunSurroundings } from './run-surroundings.js';
export type { ScheduleLimits } from './schedule.js';
export { EVERYTHING, type Selection } from './select.js';
export { shardPlan, shardText, type PlanShard, type Shard } from './shard.js';
export { WorkerExecutor, type WorkerOptions } from './worker-executor.js';
export { runWorkerJob, type WorkerReply } from './worker-job.js';
