import { hashRecord } from '../base/digest.js';
import { AetherError } from '../base/errors.js';
import { Stopwatch } from '../base/stopwatch.js';
import type { BatchRecord } from '../store/records.js';
import { batchMetrics, isFailure, type BatchMetrics } from './batch-metrics.js';
import type { BatchSummary, StopCause } from './batch-event.js';
import type { RunOutcome } from './outcome.js';
import type { BatchPlan } from './plan/plan.js';
import { workOf } from './plan/planned-run.js';
import { newRunId } from './execute/run-id.js';
import type { RunningRun } from './execute/running-run.js';
import type { RunSurroundings } from './execute/run-surroundings.js';
import { shardText } from './plan/shard.js';
import { Schedule, type ScheduleLimits } from './execute/schedule.js';
import { TickMeter } from './tick-meter.js';

export interface BatchOptions {
  readonly around: RunSurroundings;
  readonly limits: ScheduleLimits;
  /** The manifests as the user named them. */
  readonly manifests: readonly string[];
}

export interface BatchResult {
  readonly summary: BatchSummary;
  /** In the order of the plan. */
  readonly outcomes: readonly RunOutcome[];
  readonly metrics: BatchMetrics;
}

/** One call of the batch runner: executes a plan, and leaves a batch record in the store. */
export class Batch {
  readonly id: string;
  readonly #plan: BatchPlan;
  readonly #options: BatchOptions;
  readonly #meter: TickMeter;
  readonly #schedule: Schedule;

  constructor(plan: BatchPlan, options: BatchOptions) {
    const { around, limits } = options;
    this.id = newRunId(around.clock.now(), around.random);
    this.#plan = plan;
    this.#options = options;
    this.#meter = new TickMeter(around.executor);
    this.#schedule = new Schedule({ ...around, executor: this.#meter }, limits);
  }

  /** What is being computed right now. */
  get running(): ReadonlySet<RunningRun> {
    return this.#schedule.running;
  }

  /** Drains: starts nothing more, and stops what runs where the cause asks for it. */
  stop(because: StopCause): void {
    this.#schedule.stop(because);
  }

  /** Runs to the end; call once. What the store refused is part of the summary, not an exception. */
  async execute(): Promise<BatchResult> {
    const { around } = this.#options;
    const { runs } = this.#plan;
    const watch = new Stopwatch(around.clock);
    const toRun = runs.filter((run) => run.action === 'run');
    const jobs = Math.min(around.executor.slots, Math.max(toRun.length, 1));
    around.emit({
      type: 'batch_start',
      batch: this.id,
      total: runs.length,
      to_run: toRun.length,
      cached: runs.filter((run) => run.action === 'cached').length,
      shared: runs.filter((run) => run.action === 'follow').length,
      jobs,
      work_ms: toRun.reduce((sum, run) => sum + workOf(run), 0),
    });
    const outcomes = await this.#schedule.execute(runs);
    const duration_ms = watch.elapsed;
    const metrics = batchMetrics(outcomes, { jobs, wall_ms: duration_ms, ticks: this.#meter.ticks });
    const { started } = watch;
    const recordError = await this.#record(outcomes, metrics, { started, ended: started + duration_ms });
    const summary = {
      ...summarize(outcomes),
      shared: runs.filter((run, n) => run.action === 'follow' && isCached(outcomes[n]!)).length,
      batch: this.id,
      stopped_by: this.#schedule.stoppedBy,
      store_error: this.#schedule.storeError ?? recordError,
      duration_ms,
    };
    around.emit({ type: 'batch_end', summary });
    return { summary, outcomes, metrics };
  }

  async #record(
    outcomes: readonly RunOutcome[],
    metrics: BatchMetrics,
    { started, ended }: { readonly started: number; readonly ended: number },
  ): Promise<string | null> {
    const record: BatchRecord = {
      schema: 'aether-batch/1',
      id: this.id,
      started_at: new Date(started).toISOString(),
      ended_at: new Date(ended).toISOString(),
      manifests: this.#options.manifests,
      plan_digest: this.#plan.digest,
      report_digest: hashRecord(outcomes.map((o) => [o.name, o.input_key, o.state, o.ok, o.result_digest])),
      metrics: { ...metrics },
      shard: this.#plan.shard === undefined ? null : shardText(this.#plan.shard),
      outcomes: outcomes.map(({ name, input_key, state, run, result_digest, duration_ms, measured_ms }) => ({
        name,
        input_key,
        state,
        run,
        result_digest,
        duration_ms,
        measured_ms: measured_ms ?? null,
      })),
    };
    try {
      await this.#options.around.store.putBatch(record);
      return null;
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      this.#options.around.emit({ type: 'store_error', code: error.code, message: error.message });
      return error.code;
    }
  }
}

type Counts = Omit<BatchSummary, 'batch' | 'shared' | 'stopped_by' | 'store_error' | 'duration_ms'>;

function summarize(outcomes: readonly RunOutcome[]): Counts {
  const count = (test: (outcome: RunOutcome) => boolean): number => outcomes.filter(test).length;
  return {
    selected: outcomes.length,
    executed: count((o) => o.executions > 0),
    completed: count((o) => o.ok && o.state === 'completed'),
    faulted_as_expected: count((o) => o.ok && o.state === 'faulted'),
    cached: count(isCached),
    failed: count(isFailure),
    cancelled: count((o) => o.state === 'cancelled'),
    not_started: count((o) => o.state === 'not_started'),
  };
}

function isCached({ ok, state }: RunOutcome): boolean {
  return ok && state === 'cached';
}
