import pLimit from 'p-limit';
import { scenarioOfName } from '../base/run-name.js';
import type { RunId } from '../base/run-id.js';
import { arrivalOf, byArrival, inArrivalOrder } from './arrival.js';
import { listBatches, type BatchSummary } from './batch-index.js';
import { batchOutcomes } from './batch-outcomes.js';
import { isStoreName } from './layout.js';
import type { ArtefactReader } from './port.js';
import type { RunRecord } from './record-types.js';
import { runsFromLatest } from './run-list.js';
import { unlessDamaged } from './unless-damaged.js';

/** Limits of the search for a name: number of latest batches, and total number of their outcomes. */
export const LOOK_BACK = { batches: 2000, outcomes: 200_000 } as const;

interface Standing {
  readonly batch: BatchSummary;
  /** The runs with the latest results; for a name, one. */
  readonly runs: RunId[];
}

/**
 * The run that gave the last result of a name. Usually this is its latest execution; but a run whose inputs
 * were already computed by another run is not executed, and only its batch records which run has its result.
 * Batches are read from the newest on, each once, and only as far back as needed.
 */
export class LastRuns {
  readonly #store: ArtefactReader;
  readonly #names = new Map<string, Standing>();
  readonly #scenarios = new Map<string, Standing>();
  /** Batches that are not read yet, the newest last. */
  #unread: BatchSummary[] | undefined;
  #outcomes = 0;
  /** One at a time, so that batches are processed from new to old. */
  readonly #turn = pLimit(1);

  constructor(store: ArtefactReader) {
    this.#store = store;
  }

  async of(name: string): Promise<RunRecord | undefined> {
    const executed = await this.#store.latestRun(name);
    return this.#lastOf(this.#names, name, executed);
  }

  /** The run with the last result of any run of a scenario; of several in one batch, the latest. */
  async ofScenario(scenario: string): Promise<RunRecord | undefined> {
    return this.#lastOf(this.#scenarios, scenario, await this.#lastExecuted(scenario));
  }

  async #lastExecuted(scenario: string): Promise<RunRecord | undefined> {
    for await (const run of runsFromLatest(this.#store))
      if (typeof run !== 'string' && run.scenario === scenario) return unlessDamaged(this.#store.run(run.id));
    return undefined;
  }

  /** The run recorded in the latest batch after the execution; otherwise the executed one. */
  async #lastOf(
    standings: ReadonlyMap<string, Standing>,
    name: string,
    executed: RunRecord | undefined,
  ): Promise<RunRecord | undefined> {
    if (!isStoreName(name)) return undefined;
    const isLater = (batch: BatchSummary): boolean =>
      executed === undefined || byArrival(arrivalOf(batch), arrivalOf(executed)) > 0;
    while (!standings.has(name) && (await this.#turn(() => this.#readOneMore(isLater))));
    const standing = standings.get(name);
    if (standing === undefined || !isLater(standing.batch)) return executed;
    const records: RunRecord[] = [];
    for (const run of standing.runs) {
      const record = await unlessDamaged(this.#store.run(run));
      if (record !== undefined) records.push(record);
    }
    return inArrivalOrder(records).at(-1) ?? executed;
  }

  /** False if no such batch is left. */
  async #readOneMore(isWanted: (batch: BatchSummary) => boolean): Promise<boolean> {
    this.#unread ??= inArrivalOrder(await listBatches(this.#store)).slice(-LOOK_BACK.batches);
    const batch = this.#unread.at(-1);
    if (batch === undefined || !isWanted(batch) || this.#outcomes >= LOOK_BACK.outcomes) return false;
    this.#unread.pop();
    const outcomes = await unlessDamaged(batchOutcomes(this.#store, batch.id));
    if (outcomes === undefined) return true;
    for await (const piece of outcomes) {
      for (const { name, run } of piece) if (run !== null) this.#add(batch, name, run);
      this.#outcomes += piece.length;
    }
    return true;
  }

  #add(batch: BatchSummary, name: string, run: RunId): void {
    if (!this.#names.has(name)) this.#names.set(name, { batch, runs: [run] });
    const scenario = scenarioOfName(name);
    const standing = this.#scenarios.get(scenario);
    if (standing === undefined) this.#scenarios.set(scenario, { batch, runs: [run] });
    else if (standing.batch === batch) standing.runs.push(run);
  }
}
