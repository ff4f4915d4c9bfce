import type { Clock } from '../../base/ports.js';
import { Stopwatch } from '../../base/stopwatch.js';
import { Batch } from '../../batch/batch.js';
import { executeBatch } from '../../batch/pipeline.js';
import type { RunBudget } from '../../batch/plan/budget.js';
import type { Executor } from '../../execution/executor.js';
import type { BatchEvent } from '../../batch/batch-event.js';
import type { BatchPlan } from '../../batch/plan/batch-plan.js';
import { arrivalKey, inArrivalOrder } from '../../store/arrival.js';
import { listBatches } from '../../store/batch-index.js';
import { judgeGoldens, type GoldenPlan } from '../../batch/verdict/judge-goldens.js';
import type { BatchVerdict } from '../../store/batch-verdict.js';
import type { ArtefactStore } from '../../store/port.js';
import type { EngineStamp } from '../../store/record-types.js';
import { unlessDamaged } from '../../store/unless-damaged.js';
import { Refusal, shuttingDown } from '../refusal.js';
import type { Occupancy } from '../occupancy.js';
import type { ScenarioCatalogue } from '../scenarios/catalogue.js';
import type { SystemLog } from '../system-log.js';
import type { GoldenService } from '../goldens/golden-service.js';
import type { BatchDetail, BatchSummaryEntry, StartBatch } from '../wire/batch.js';
import { batchCounts } from './batch-verdict-view.js';
import { LiveBatch, plannedRun } from './batch-view.js';
import { planRequest, type PlannedRequest } from './plan-request.js';
import { recordedBatch } from './recorded-batch.js';

export interface BatchSupervisorOptions {
  readonly catalogue: ScenarioCatalogue;
  readonly store: ArtefactStore;
  readonly occupancy: Occupancy;
  readonly clock: Clock;
  readonly random: () => number;
  readonly engine: EngineStamp;
  readonly budget: RunBudget;
  readonly grace_ms: number;
  /** Starts threads for a batch; the batch closes them. */
  readonly startExecutor: () => Promise<Executor>;
  readonly log: SystemLog;
  /** Null if the service was started without goldens. */
  readonly goldens: GoldenService | null;
  /** Called at the end of each batch; null if it failed before it had a verdict. */
  readonly onEnd: (verdict: BatchVerdict | null) => void;
}

interface UnderWay {
  readonly batch: Batch;
  readonly live: LiveBatch;
  readonly over: Promise<void>;
}

/** Batches started through the service, with the plan, reasons and record of the batch runner. */
export class BatchSupervisor {
  readonly #options: BatchSupervisorOptions;
  /** Batches being started, and batches whose threads are still running. */
  readonly #pending = new Set<Promise<unknown>>();
  #current: UnderWay | undefined;
  #closing = false;

  constructor(options: BatchSupervisorOptions) {
    this.#options = options;
  }

  /**
   * Plans a batch and starts it.
   *
   * @param options `hasMachine` if the caller has already reserved the machine
   * @throws Refusal invalid-document, nothing-selected, run-active, diagnostics-active, shutting-down
   */
  async start(
    request: StartBatch,
    { hasMachine = false }: { readonly hasMachine?: boolean } = {},
  ): Promise<BatchDetail> {
    const planned = await planRequest(request, this.#options);
    let release = planned.release;
    try {
      if (request.dry_run === true) {
        release();
        return this.#dryRun(planned.plan, planned.manifests);
      }
      if (this.#closing) throw shuttingDown();
      if (!hasMachine) {
        const leave = this.#options.occupancy.takeForBatch();
        release = () => {
          planned.release();
          leave();
        };
      }
      return await this.#awaited(this.#begin(planned, release));
    } catch (error) {
      release();
      throw error;
    }
  }

  async #begin(planned: PlannedRequest, release: () => void): Promise<BatchDetail> {
    const { plan, manifests } = planned;
    const { store, clock, random, engine, grace_ms } = this.#options;
    const executor = await this.#options.startExecutor();
    if (this.#closing) {
      await executor.close();
      throw shuttingDown();
    }
    const emit = (event: BatchEvent): void => {
      live.hear(event);
    };
    const batch: Batch = new Batch(plan, {
      around: { executor, store, clock, random, engine, emit, grace_ms, chunk_bytes: null },
      limits: { max_failures: null, global_timeout_ms: null },
      manifests,
    });
    const watch = new Stopwatch(clock);
    const started_at = new Date(watch.started).toISOString();
    const live = new LiveBatch({ id: batch.id, plan, manifests, started_at });
    this.#options.occupancy.nameBatch(batch.id);
    const over = this.#awaited(
      this.#execute({ batch, live, watch }, this.#goldenPlan(planned)).finally(async () => {
        release();
        await executor.close();
      }),
    );
    this.#current = { batch, live, over };
    return live.detail([]);
  }

  #goldenPlan({ list, whole }: PlannedRequest): GoldenPlan {
    const { goldens, catalogue } = this.#options;
    if (goldens === null) return { off: 'the service was started without goldens', registry: list };
    return goldens.batchPlan(list, { files: catalogue.files, whole });
  }

  async #execute(
    { batch, live, watch }: { batch: Batch; live: LiveBatch; watch: Stopwatch },
    plan: GoldenPlan,
  ): Promise<void> {
    const { log, onEnd } = this.#options;
    let verdict: BatchVerdict | null = null;
    try {
      ({ verdict } = await executeBatch(batch, {
        judge: async (runs) => {
          const goldens = await judgeGoldens(runs, plan);
          if (goldens.error !== undefined) this.#sayBroken(batch.id, goldens.error);
          return goldens;
        },
      }));
    } catch (error) {
      this.#sayBroken(batch.id, error);
    }
    batch.release();
    live.end(verdict, new Date(watch.time).toISOString());
    const reasons = verdict?.reasons.map(({ message }) => message).join('; ') ?? 'internal error';
    const why = verdict?.ok === true ? '' : `: ${reasons}`;
    log.say('INFO', 'batch_end', `Batch ${batch.id} ended: ${live.state}${why}`);
    onEnd(verdict);
  }

  #sayBroken(id: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#options.log.say('ERROR', 'batch_error', `Batch ${id} failed: ${message}`);
  }

  #dryRun(plan: BatchPlan, manifests: readonly string[]): BatchDetail {
    const now = new Date(this.#options.clock.now()).toISOString();
    const runs = plan.runs.map(plannedRun);
    const counts = batchCounts(runs);
    return {
      batch_id: 'dry-run',
      state: 'completed',
      started_at: now,
      ended_at: now,
      total: runs.length,
      done: 0,
      cached: counts.cached,
      failed: counts.failed,
      counts,
      verdict: null,
      manifests,
      runs,
      golden_issues: [],
    };
  }

  /** Stops a batch at the next tick of its runs. @throws Refusal unknown-batch, batch-not-active */
  async stop(id: string): Promise<BatchDetail> {
    const current = this.#current;
    if (current?.batch.id !== id || current.live.isOver) {
      await this.get(id);
      throw new Refusal('batch-not-active', `Batch ${id} has ended`);
    }
    current.batch.stop('interrupted');
    await current.over;
    return this.get(id);
  }

  /** Ids of all batches, newest first, with keys in the same order. */
  async places(): Promise<readonly { readonly id: string; readonly key: string }[]> {
    const recorded = inArrivalOrder(await listBatches(this.#options.store)).map((batch) => ({
      id: batch.id,
      key: arrivalKey(batch),
    }));
    const current = this.#current?.batch.id;
    const isNew = current !== undefined && recorded.every(({ id }) => id !== current);
    // Sorts after every arrival, because those start with a digit.
    return [...recorded, ...(isNew ? [{ id: current, key: 'running' }] : [])].reverse();
  }

  async summary(id: string): Promise<BatchSummaryEntry> {
    const { runs: _runs, golden_issues: _issues, ...summary } = await this.get(id);
    return summary;
  }

  /** @throws Refusal unknown-batch */
  async get(id: string): Promise<BatchDetail> {
    const current = this.#current;
    if (current?.batch.id === id) return current.live.detail(current.batch.running);
    const { store } = this.#options;
    const batch = await unlessDamaged(store.batch(id));
    if (batch === undefined) throw new Refusal('unknown-batch', `There is no batch ${id}`);
    // An expected fault counts for its inputs, and the same inputs fault in every run.
    return recordedBatch(
      batch,
      async ({ input_key }) => (await store.runForKey(input_key))?.state === 'faulted',
    );
  }

  /** Resolves when the batch has ended. */
  async ended(id: string): Promise<void> {
    if (this.#current?.batch.id === id) await this.#current.over;
  }

  /** Stops the running batch, accepts no new ones, and waits until their threads have ended. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#current?.live.isOver === false) this.#current.batch.stop('interrupted');
    await Promise.allSettled(this.#pending);
  }

  /** Makes `close` wait for it. */
  #awaited<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work);
    const forget = (): void => void this.#pending.delete(work);
    work.then(forget, forget);
    return work;
  }
}
