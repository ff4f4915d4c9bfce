import { scenarioOfName } from '../../base/run-name.js';
import type { BatchPlan } from '../../batch/plan/plan.js';
import type { BatchEvent } from '../../batch/batch-event.js';
import type { RunningRun } from '../../batch/execute/running-run.js';
import type { BatchRecord } from '../../store/records.js';
import { shownText } from '../shown-text.js';
import type { BatchDetail, BatchRun, BatchSummaryEntry, WireBatchState } from '../wire/batch.js';

/** A batch under way, as its events tell it. */
export class LiveBatch {
  readonly started_at: string;
  readonly #id: string;
  readonly #manifests: readonly string[];
  readonly #runs: Map<string, BatchRun>;
  #state: WireBatchState = 'running';
  #ended: string | null = null;

  constructor(parts: {
    readonly id: string;
    readonly plan: BatchPlan;
    readonly manifests: readonly string[];
    readonly started_at: string;
  }) {
    this.#id = parts.id;
    this.#manifests = parts.manifests;
    this.started_at = parts.started_at;
    this.#runs = new Map(parts.plan.runs.map((run) => [run.name, plannedRun(run)]));
  }

  /** Takes an event of the runner in. */
  hear(event: BatchEvent): void {
    if (event.type === 'run_start') this.#update(event.name, { state: 'running', run_id: event.run });
    if (event.type !== 'run_end') return;
    const { name, state, run, ticks_completed, failure } = event.outcome;
    const reason = failure === null ? {} : { fault_reason: shownText(failure.message) };
    this.#update(name, { state, run_id: run, ticks_completed, ...reason });
  }

  #update(name: string, change: Partial<BatchRun>): void {
    const run = this.#runs.get(name);
    if (run !== undefined) this.#runs.set(name, { ...run, ...change });
  }

  end(state: WireBatchState, at: string): void {
    this.#state = state;
    this.#ended = at;
  }

  get isOver(): boolean {
    return this.#ended !== null;
  }

  summary(): BatchSummaryEntry {
    const runs = [...this.#runs.values()];
    const over = runs.filter(({ state }) => state !== 'waiting' && state !== 'running');
    return {
      batch_id: this.#id,
      state: this.#state,
      started_at: this.started_at,
      ended_at: this.#ended,
      total: runs.length,
      done: over.length,
      cached: over.filter(({ state }) => state === 'cached').length,
      failed: over.filter(({ fault_reason }) => fault_reason !== undefined).length,
      manifests: this.#manifests,
    };
  }

  detail(running: Iterable<RunningRun>): BatchDetail {
    const ticks = new Map([...running].map((run) => [run.name, run.control.ticksCompleted]));
    const runs = [...this.#runs.values()].map((run) => ({
      ...run,
      ticks_completed: ticks.get(run.name) ?? run.ticks_completed,
    }));
    return { ...this.summary(), runs };
  }
}

/** A run of a plan before anything happened. */
export function plannedRun(run: BatchPlan['runs'][number]): BatchRun {
  return {
    name: run.name,
    scenario_id: run.scenario,
    state: run.action === 'cached' ? 'cached' : 'waiting',
    reason: { ...run.reason },
    run_id: run.action === 'cached' ? (run.earlier?.id ?? null) : null,
    ticks_completed: run.action === 'cached' ? (run.earlier?.ticks_completed ?? 0) : 0,
    ticks_total: run.ticks_total,
  };
}

type Outcome = BatchRecord['outcomes'][number];

/** A batch of the tree. `isExpected` tells whether a faulted run faulted as it should. */
export async function recordedBatch(
  batch: BatchRecord,
  isExpected: (outcome: Outcome) => Promise<boolean>,
): Promise<BatchDetail> {
  const runs: BatchRun[] = [];
  let failed = 0;
  for (const outcome of batch.outcomes) {
    const isBad =
      ['failed', 'timed_out'].includes(outcome.state) ||
      (outcome.state === 'faulted' && !(await isExpected(outcome)));
    if (isBad) failed++;
    runs.push({
      name: outcome.name,
      scenario_id: scenarioOfName(outcome.name),
      state: outcome.state,
      reason: null,
      run_id: outcome.run,
      ticks_completed: 0,
      ticks_total: 0,
    });
  }
  const stopped = batch.outcomes.some(({ state }) => state === 'cancelled' || state === 'not_started');
  return {
    batch_id: batch.id,
    state: stopped ? 'cancelled' : failed > 0 ? 'failed' : 'completed',
    started_at: batch.started_at,
    ended_at: batch.ended_at,
    total: runs.length,
    done: runs.filter(({ state }) => state !== 'not_started').length,
    cached: runs.filter(({ state }) => state === 'cached').length,
    failed,
    manifests: batch.manifests.map(String),
    runs,
  };
}
