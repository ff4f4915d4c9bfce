/**
 * A batch on one page, from its documents to its report:
 *
 * expand -> resolve -> key -> plan -> schedule -> judge -> report
 *
 * Each stage is one call, and the folder named for it has the details. Callers open the store and the
 * executor, and choose who watches. The service calls the same stages: it keys cells on another thread, and
 * starts its batches itself.
 */
import type { Checked } from '../base/problem.js';
import { mergeProblems, type ManifestScenario } from '../config/index.js';
import type { SupervisedRun } from '../execution/supervised-run.js';
import { sharedGoldens, type GoldenTree } from '../golden/index.js';
import { diffBatches, type BatchSide } from '../inspect/batch-diff/index.js';
import type { ArtefactStore } from '../store/port.js';
import type { BatchEvent } from './batch-event.js';
import { Batch, type BatchOptions, type BatchResult } from './batch.js';
import { expandSelected, type CellStep } from './expand/expand-selected.js';
import { keyCells, type KeyedCell } from './key/key-cells.js';
import type { RunSurroundings } from './execute/run-surroundings.js';
import type { RunOutcome } from './outcome.js';
import type { BatchPlan, Shard } from './plan/batch-plan.js';
import { measuredShard } from './plan/measured-shard.js';
import { planCells, type CellOptions, type PlanOptions } from './plan/plan.js';
import { batchReport, type BatchReport } from './report/batch-report.js';
import { reportedGoldens } from './report/golden-findings.js';
import { sideOfReport } from './report/report-side.js';
import type { Reporter } from './report/reporter.js';
import { resolveCells } from './resolve/resolve-cells.js';
import type { JudgedGoldens } from './verdict/judge-goldens.js';

/** expand -> resolve -> key: the cells of a scenario, one after another, in the order of its sweep. */
export function keyedCells(scenario: ManifestScenario, options: CellOptions): Generator<CellStep<KeyedCell>> {
  const expanded = expandSelected(scenario, options);
  const resolved = resolveCells(expanded, scenario, options);
  return keyCells(resolved, scenario, options);
}

/** expand -> resolve -> key -> plan, without running or writing anything; all problems at once. */
export function planBatch(options: PlanOptions): Promise<Checked<BatchPlan>> {
  const { scenarios } = options.registry;
  return planCells({ ...options, scenarios, cellsOf: (scenario) => keyedCells(scenario, options) });
}

export interface PrepareOptions extends PlanOptions {
  /** Goldens that the runs will be compared with; null for none. */
  readonly goldens: GoldenTree | null;
  /** The part of the plan to run; null for all of it. */
  readonly shard: Shard | null;
  /** Durations by which the plan is divided; absent: those in the store. */
  readonly durations?: BatchReport | undefined;
}

/** A plan that can be executed: no two runs have the same golden, and of a shard only its runs are left. */
export async function prepareBatch({
  goldens,
  shard,
  durations,
  ...options
}: PrepareOptions): Promise<Checked<BatchPlan>> {
  const { registry, store } = options;
  const plan = await planBatch(options);
  const shared = goldens === null ? [] : await sharedGoldens(goldens, registry);
  if (!plan.ok || shared.length > 0)
    return { ok: false, problems: mergeProblems([plan.ok ? [] : plan.problems, shared]) };
  if (shard === null) return plan;
  return { ok: true, value: await measuredShard(plan.value, shard, { durations, store }) };
}

/** A source of requests to stop, such as signals. */
export interface Interruptible {
  /** True after a request. */
  readonly came: boolean;
  /** Does the work; a request meanwhile calls `drain`. */
  during<T>(drain: () => void, work: () => Promise<T>): Promise<T>;
}

export interface ExecuteOptions {
  /** Compares the ended runs with their goldens; never throws. */
  readonly judge: (runs: readonly RunOutcome[]) => Promise<JudgedGoldens>;
  /** Absent: only `Batch.stop` stops it. */
  readonly interruption?: Interruptible;
}

/** The end of a batch, and the result of judging its goldens. */
export interface ExecutedBatch extends BatchResult {
  readonly goldens: JudgedGoldens;
}

const NEVER: Interruptible = { came: false, during: (_, work) => work() };

/**
 * schedule -> judge, and records the verdict; call once. An interruption drains the runs; one between the runs
 * and the verdict is part of the verdict.
 */
export async function executeBatch(
  batch: Batch,
  { judge, interruption = NEVER }: ExecuteOptions,
): Promise<ExecutedBatch> {
  const drain = (): void => {
    batch.stop('interrupted');
  };
  const ended = await interruption.during(drain, () => {
    if (interruption.came) drain();
    return batch.run();
  });
  const goldens = await judge(ended.outcomes);
  const result = await batch.conclude(ended, { goldens, interrupted: interruption.came });
  return { ...result, goldens };
}

export interface RunOptions extends Omit<BatchOptions, 'around'>, ExecuteOptions {
  readonly around: Omit<RunSurroundings, 'emit'>;
  /** Creates the reporter; it may query the running runs at any time. */
  readonly watch: (running: () => Iterable<SupervisedRun>) => Promise<Reporter>;
}

/**
 * `executeBatch` for a plan, watched by a reporter; closes the executor. An interruption during the preparation
 * drains the runs as well.
 */
export async function runBatch(
  plan: BatchPlan,
  { around, limits, manifests, watch, ...execute }: RunOptions,
): Promise<ExecutedBatch> {
  const made: { batch?: Batch; reporter?: Reporter } = {};
  try {
    const reporter = (made.reporter = await watch(() => made.batch?.running ?? []));
    const emit = (event: BatchEvent): void => {
      reporter.onEvent(event);
    };
    made.batch = new Batch(plan, { around: { ...around, emit }, limits, manifests });
    return await executeBatch(made.batch, execute);
  } finally {
    made.reporter?.close();
    await around.executor.close();
  }
}

/** report: the batch as one document, with its differences from an earlier one if there is one. */
export async function reportBatch(
  plan: BatchPlan,
  ended: ExecutedBatch,
  { store, before }: { readonly store: ArtefactStore; readonly before: BatchSide | undefined },
): Promise<BatchReport> {
  const report = batchReport(plan, ended, reportedGoldens(ended.goldens.report));
  if (before === undefined) return report;
  return { ...report, comparison: await diffBatches(store, before, sideOfReport(report)) };
}
