import { scenarioOfName } from '../../base/run-name.js';
import { startedSince } from '../../store/since.js';
import type { BatchSummary } from '../../store/batch-index.js';
import { batchOutcomes, type Outcome } from '../../store/batch-outcomes.js';
import type { ArtefactReader } from '../../store/port.js';
import { unlessDamaged } from '../../store/unless-damaged.js';
import { latestBatches } from '../find/find-batch.js';

/** A batch, and its runs with the requested name. */
export interface Appearance {
  readonly batch: BatchSummary;
  readonly outcomes: readonly Outcome[];
}

export interface AppearanceLimits {
  /** Only batches that started at this time or later; ISO 8601. */
  readonly since?: string | undefined;
  readonly limit: number;
}

/** The latest batches with runs of a name, and the previous one to compare the oldest of them with. */
export interface Appearances {
  readonly of: 'run' | 'scenario';
  /** The latest first. */
  readonly shown: readonly Appearance[];
  /** The previous one; undefined if there is none. */
  readonly before: Appearance | undefined;
}

/** Searches a run name, or a scenario if no batch has such a run; undefined if there is neither. */
export async function appearances(
  store: ArtefactReader,
  name: string,
  limits: AppearanceLimits,
): Promise<Appearances | undefined> {
  const [run, scenario] = [new Search(limits), new Search(limits)];
  for (const batch of await latestBatches(store)) {
    const pieces = await unlessDamaged(batchOutcomes(store, batch.id));
    if (pieces === undefined) continue;
    const [ofRun, ofScenario]: [Outcome[], Outcome[]] = [[], []];
    for await (const piece of pieces) {
      for (const outcome of piece) {
        if (outcome.name === name) ofRun.push(outcome);
        else if (run.isEmpty && !scenario.isDone && scenarioOfName(outcome.name) === name)
          ofScenario.push(outcome);
      }
    }
    run.add(batch, ofRun);
    // A run with the name takes precedence over a scenario.
    if (run.isEmpty) scenario.add(batch, ofScenario);
    if (run.isDone) break;
  }
  if (!run.isEmpty) return { of: 'run', ...run.found() };
  return scenario.isEmpty ? undefined : { of: 'scenario', ...scenario.found() };
}

class Search {
  readonly #limits: AppearanceLimits;
  readonly #shown: Appearance[] = [];
  #before: Appearance | undefined;

  constructor(limits: AppearanceLimits) {
    this.#limits = limits;
  }

  /** True while no batch has been found. */
  get isEmpty(): boolean {
    return this.#shown.length === 0 && this.#before === undefined;
  }

  /** True once no earlier batch is needed. */
  get isDone(): boolean {
    return this.#before !== undefined;
  }

  /** Adds batches from the latest on. */
  add(batch: BatchSummary, outcomes: readonly Outcome[]): void {
    if (outcomes.length === 0 || this.isDone) return;
    const { since, limit } = this.#limits;
    const isShown =
      this.#shown.length < limit && (since === undefined || startedSince(batch.started_at, since));
    if (isShown) this.#shown.push({ batch, outcomes });
    else this.#before = { batch, outcomes };
  }

  found(): Omit<Appearances, 'of'> {
    return { shown: this.#shown, before: this.#before };
  }
}
