import type { BatchPlan } from '../../batch/plan/batch-plan.js';
import { standingFailure } from '../../batch/outcome.js';
import type { BatchEvent } from '../../batch/batch-event.js';
import type { SupervisedRun } from '../../execution/supervised-run.js';
import type { BatchVerdict } from '../../store/batch-verdict.js';
import { shownText } from '../shown-text.js';
import type { BatchDetail, BatchRun, BatchSummaryEntry, WireBatchState } from '../wire/batch.js';
import { batchCounts, doneOf, stateOf, wireVerdict } from './batch-verdict-view.js';

/** State of a running batch, derived from its events. */
export class LiveBatch {
  readonly started_at: string;
  readonly #id: string;
  readonly #manifests: readonly string[];
  readonly #runs: Map<string, BatchRun>;
  #state: WireBatchState = 'running';
  #verdict: BatchVerdict | null = null;
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

  /** Processes an event of the runner. */
  hear(event: BatchEvent): void {
    if (event.type === 'run_start') this.#update(event.name, { state: 'running', run_id: event.run });
    if (event.type !== 'run_end') return;
    const { name, state, ok, run, ticks_completed, failure } = event.outcome;
    const reason = failure === null ? {} : { fault_reason: shownText(failure.message) };
    this.#update(name, { state, ok, run_id: run, ticks_completed, ...reason });
  }

  #update(name: string, change: Partial<BatchRun>): void {
    const run = this.#runs.get(name);
    if (run !== undefined) this.#runs.set(name, { ...run, ...change });
  }

  /** @param verdict null if the batch failed before it had one */
  end(verdict: BatchVerdict | null, at: string): void {
    this.#state = verdict === null ? 'failed' : stateOf(verdict);
    this.#verdict = verdict;
    this.#ended = at;
  }

  get state(): WireBatchState {
    return this.#state;
  }

  get isOver(): boolean {
    return this.#ended !== null;
  }

  summary(): BatchSummaryEntry {
    const counts = batchCounts([...this.#runs.values()]);
    return {
      batch_id: this.#id,
      state: this.#state,
      started_at: this.started_at,
      ended_at: this.#ended,
      total: this.#runs.size,
      done: doneOf(counts),
      cached: counts.cached,
      failed: counts.failed,
      counts,
      verdict: this.#verdict === null ? null : wireVerdict(this.#verdict),
      manifests: this.#manifests,
    };
  }

  detail(running: Iterable<SupervisedRun>): BatchDetail {
    const ticks = new Map([...running].map((run) => [run.name, run.control.ticksCompleted]));
    const runs = [...this.#runs.values()].map((run) => ({
      ...run,
      ticks_completed: ticks.get(run.name) ?? run.ticks_completed,
    }));
    const golden_issues = (this.#verdict?.goldens.issues ?? []).map((issue) => {
      return { ...issue, reason: shownText(issue.reason) };
    });
    return { ...this.summary(), runs, golden_issues };
  }
}

/** A run of a plan before its start. */
export function plannedRun(run: BatchPlan['runs'][number]): BatchRun {
  return {
    name: run.name,
    scenario_id: run.scenario,
    state: run.action === 'cached' ? 'cached' : 'waiting',
    ok: run.action === 'cached' ? standingFailure(run) === null : null,
    reason: { ...run.reason },
    run_id: run.action === 'cached' ? (run.earlier?.id ?? null) : null,
    ticks_completed: run.action === 'cached' ? (run.earlier?.ticks_completed ?? 0) : 0,
    ticks_total: run.ticks_total,
  };
}
