import type { Json } from '../base/canonical-json.js';
import { hashList } from '../base/digest.js';
import type { HashedFields } from '../base/hashed-fields.js';
import { AetherError } from '../base/errors.js';
import { Stopwatch } from '../base/stopwatch.js';
import type { BatchVerdict, RunCounts } from '../store/batch-verdict.js';
import type { Reliance } from '../store/port.js';
import type { BatchRecord } from '../store/record-types.js';
import { batchMetrics, isFailure, type BatchMetrics } from './batch-metrics.js';
import type { BatchSummary, StopCause } from './batch-event.js';
import type { RunOutcome } from './outcome.js';
import type { BatchPlan } from './plan/batch-plan.js';
import { withoutLostHits } from './plan/lost-hits.js';
import { workOf, type PlannedRun } from './plan/planned-run.js';
import { newId } from '../execution/new-id.js';
import type { SupervisedRun } from '../execution/supervised-run.js';
import type { RunSurroundings } from './execute/run-surroundings.js';
import { shardText } from './plan/shard.js';
import { Schedule, type ScheduleLimits } from './execute/schedule.js';
import { TickMeter } from './tick-meter.js';
import { batchVerdict, type VerdictParts } from './verdict/batch-verdict.js';
import { goldenWords } from './verdict/golden-counts.js';
import { goldensNotCompared, type JudgedGoldens } from './verdict/judge-goldens.js';

export interface BatchOptions {
  readonly around: RunSurroundings;
  readonly limits: ScheduleLimits;
  /** The manifests as given by the user. */
  readonly manifests: readonly string[];
}

export interface BatchResult {
  readonly summary: BatchSummary;
  /** In the order of the plan. */
  readonly outcomes: readonly RunOutcome[];
  readonly metrics: BatchMetrics;
  readonly verdict: BatchVerdict;
}

/** State of the ended runs, for the conclusion of their batch. */
export interface EndedRuns {
  /** In the order of the plan. */
  readonly outcomes: readonly RunOutcome[];
  readonly metrics: BatchMetrics;
  /** Wall clock at the start, in milliseconds since the Unix epoch. */
  readonly started: number;
  readonly duration_ms: number;
}

/**
 * One call of the batch runner: executes a plan, judges its goldens, and writes a batch record with the
 * verdict to the store. The record is written last: a batch that dies before has none, and cannot count as
 * successful.
 */
export class Batch {
  readonly id: string;
  readonly #plan: BatchPlan;
  readonly #options: BatchOptions;
  readonly #meter: TickMeter;
  readonly #schedule: Schedule;
  #isEnded = false;
  #reliance: Reliance | undefined;

  constructor(plan: BatchPlan, options: BatchOptions) {
    const { around, limits } = options;
    this.id = newId(around.clock.now(), around.random);
    this.#plan = plan;
    this.#options = options;
    this.#meter = new TickMeter(around.executor);
    this.#schedule = new Schedule({ ...around, executor: this.#meter }, limits);
  }

  /** The runs being computed. */
  get running(): readonly SupervisedRun[] {
    return this.#schedule.running;
  }

  /**
   * Drains: starts no more runs, and stops running ones if the cause requires it. No effect after the runs.
   */
  stop(because: StopCause): void {
    if (!this.#isEnded) this.#schedule.stop(because);
  }

  /** Runs to the end without comparing goldens; call once. */
  async execute(): Promise<BatchResult> {
    return this.conclude(await this.run(), { goldens: goldensNotCompared('no comparison is configured') });
  }

  /** Runs everything to its end; call once, and pass the result to `conclude`. */
  async run(): Promise<EndedRuns> {
    const { around } = this.#options;
    const reliance = await this.#rely();
    const runs = withoutLostHits(this.#plan.runs, reliance.gone);
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
    const outcomes = await this.#schedule.execute(runs, reliance);
    this.#isEnded = true;
    const duration_ms = watch.elapsed;
    const metrics = batchMetrics(outcomes, { jobs, wall_ms: duration_ms, ticks: this.#meter.ticks });
    return { outcomes, metrics, started: watch.started, duration_ms };
  }

  /**
   * Computes the verdict and records it. Errors of the store are part of the verdict, not exceptions.
   *
   * @param options.interrupted true if the batch was interrupted after its last run
   */
  async conclude(
    runs: EndedRuns,
    { goldens, interrupted = false }: { readonly goldens: JudgedGoldens; readonly interrupted?: boolean },
  ): Promise<BatchResult> {
    const { around } = this.#options;
    const { outcomes, metrics, duration_ms } = runs;
    const stopped_by = interrupted ? 'interrupted' : this.#schedule.stoppedBy;
    const parts: VerdictParts = {
      runs: runCounts(outcomes, this.#plan.runs),
      repeats: repeatCounts(outcomes, this.#plan.runs),
      goldens: goldens.counts,
      stopped_by,
      store_error: this.#schedule.storeError,
    };
    const judged = batchVerdict(parts);
    const words = goldens.report === null ? undefined : goldenWords(goldens.report);
    const recordError = await this.#record(runs, judged, words);
    const store_error = parts.store_error ?? recordError;
    const verdict = recordError === null ? judged : batchVerdict({ ...parts, store_error });
    const summary = { ...parts.runs, batch: this.id, stopped_by, store_error, duration_ms };
    around.emit({ type: 'batch_end', summary, verdict });
    return { summary, outcomes, metrics, verdict };
  }

  /**
   * Allows gc to remove the runs of the batch. Call it when the batch has been judged; closing the store does
   * the same.
   */
  release(): void {
    this.#reliance?.release();
  }

  /** Protects the cached results of the plan. A store that cannot store this cannot store results either. */
  async #rely(): Promise<Reliance> {
    const hits = this.#plan.runs
      .filter(({ action }) => action === 'cached')
      .map(({ earlier }) => earlier!.id);
    try {
      return (this.#reliance = await this.#options.around.store.rely([...new Set(hits)]));
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      this.#options.around.emit({ type: 'store_error', code: error.code, message: error.message });
      this.#schedule.refuse(error);
      return { gone: [], release: () => undefined };
    }
  }

  async #record(
    { outcomes, metrics, started, duration_ms }: EndedRuns,
    verdict: BatchVerdict,
    goldens: ReadonlyMap<string, string> | undefined,
  ): Promise<string | null> {
    const record: BatchRecord = {
      schema: 'aether-batch/1',
      id: this.id,
      started_at: new Date(started).toISOString(),
      ended_at: new Date(started + duration_ms).toISOString(),
      manifests: this.#options.manifests,
      plan_digest: this.#plan.digest,
      report_digest: hashList(judgedResults(outcomes)),
      metrics: { ...metrics },
      shard: this.#plan.shard === undefined ? null : shardText(this.#plan.shard),
      verdict,
      outcomes: outcomes.map((outcome) => ({
        ...recordedOutcome(outcome),
        ...(goldens && { golden: goldens.get(outcome.name) ?? null }),
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

/** Fields of an outcome that say which execution it was, and what it cost. */
type NotJudged =
  | 'scenario'
  | 'run'
  | 'ticks_completed'
  | 'ticks_total'
  | 'duration_ms'
  | 'measured_ms'
  | 'executions'
  | 'bytes'
  | 'failure';

/** The items of report_digest: lists, whose order is that of the fields here. */
function* judgedResults(outcomes: readonly RunOutcome[]): Generator<Json> {
  for (const { name, input_key, state, ok, result_digest } of outcomes) {
    const judged = { name, input_key, state, ok, result_digest };
    yield Object.values(judged satisfies HashedFields<RunOutcome, NotJudged>);
  }
}

function recordedOutcome(outcome: RunOutcome): BatchRecord['outcomes'][number] {
  const { name, input_key, state, run, result_digest, duration_ms, measured_ms = null } = outcome;
  const { ok, ticks_completed, ticks_total, failure } = outcome;
  const told = { ok, ticks_completed, ticks_total, failure: failure?.message ?? null };
  return { name, input_key, state, run, result_digest, duration_ms, measured_ms, ...told };
}

function runCounts(outcomes: readonly RunOutcome[], plan: readonly PlannedRun[]): RunCounts {
  const count = (test: (outcome: RunOutcome) => boolean): number => outcomes.filter(test).length;
  return {
    selected: outcomes.length,
    executed: count((o) => o.executions > 0),
    completed: count((o) => o.ok && o.state === 'completed'),
    faulted_as_expected: count((o) => o.ok && o.state === 'faulted'),
    cached: count(isCached),
    shared: plan.filter((run, n) => run.action === 'follow' && isCached(outcomes[n]!)).length,
    failed: count(isFailure),
    cancelled: count((o) => o.state === 'cancelled'),
    not_started: count((o) => o.state === 'not_started'),
  };
}

function isCached({ ok, state }: RunOutcome): boolean {
  return ok && state === 'cached';
}

/**
 * Compared with another execution of the same inputs: with its own repetitions, or with the stored result.
 */
function repeatCounts(outcomes: readonly RunOutcome[], plan: readonly PlannedRun[]): BatchVerdict['repeats'] {
  const isCompared = ({ state, executions }: RunOutcome, { repeat, earlier }: PlannedRun): boolean =>
    (state === 'completed' || state === 'faulted') && executions > 0 && (repeat > 1 || earlier !== null);
  return {
    checked: outcomes.filter((outcome, n) => isCompared(outcome, plan[n]!)).length,
    disagreed: outcomes.filter(({ failure }) => failure?.code === 'RESULTS_DISAGREE').length,
  };
}
