import { NumberColumn } from '../../base/number-column.js';
import { scenarioOfName } from '../../base/run-name.js';
import { arrivalOf, byArrival, type Arrival } from '../../store/arrival.js';
import type { RunFacts } from '../../store/facts/run-facts.js';
import { batchOutcomes, type Outcome } from '../../store/batch-outcomes.js';
import { NO_RUN, type CatalogueEntry, type CatalogueRuns } from './catalogue-runs.js';
import { batchesBackwards, type RunCatalogue } from './run-catalogue.js';

/** A run under a name, before its facts are read. */
export interface Answer {
  readonly name: string;
  readonly scenario: string;
  readonly batch: string | null;
  readonly entry: CatalogueEntry;
}

/** The number used for no batch. */
const NO_BATCH = -1;

/** A list of answers in columns: only numbers are held for each. */
export class Answers {
  readonly runs: CatalogueRuns;
  readonly #batches: readonly string[];
  readonly #name = new NumberColumn('int32');
  readonly #run = new NumberColumn('int32');
  readonly #batch = new NumberColumn('int32');
  #sharesNames = true;

  /** @param batches ids, indexed by the number passed to `add` */
  constructor(runs: CatalogueRuns, batches: readonly string[] = []) {
    this.runs = runs;
    this.#batches = batches;
  }

  get length(): number {
    return this.#name.length;
  }

  /** True while every answer was executed under its own name. */
  get sharesNames(): boolean {
    return this.#sharesNames;
  }

  /** @param name number of the requested name */
  add(name: number, run: number, batch = NO_BATCH): void {
    this.#name.push(name);
    this.#run.push(run);
    this.#batch.push(batch);
    if (this.runs.nameOf(run) !== name) this.#sharesNames = false;
  }

  /** The number of the answering run. */
  runAt(position: number): number {
    return this.#run.at(position);
  }

  /** The number of the requested name. */
  nameAt(position: number): number {
    return this.#name.at(position);
  }

  at(position: number): Answer {
    const [name, batch] = [this.#name.at(position), this.#batch.at(position)];
    const run = this.#run.at(position);
    const entry = this.runs.at(run);
    const isOwn = this.runs.nameOf(run) === name;
    const text = isOwn ? entry.name : this.runs.names.at(name);
    return {
      name: text,
      scenario: isOwn ? entry.scenario : scenarioOfName(text),
      batch: batch === NO_BATCH ? null : this.#batches[batch]!,
      entry,
    };
  }

  /** Scenarios of the answers. */
  scenarios(): ReadonlySet<string> {
    const own = new Set<number>();
    const scenarios = new Set<string>();
    for (let position = 0; position < this.length; position++) {
      const [name, run] = [this.nameAt(position), this.runAt(position)];
      if (this.runs.nameOf(run) === name) own.add(this.runs.scenarioOf(run));
      else scenarios.add(scenarioOfName(this.runs.names.at(name)));
    }
    for (const number of own) scenarios.add(this.runs.scenarios.at(number));
    return scenarios;
  }

  /** An answer after its run was read. */
  asked(position: number, run: RunFacts): Omit<Answer, 'entry'> {
    const [name, batch] = [this.nameAt(position), this.#batch.at(position)];
    const isOwn = this.runs.nameOf(this.runAt(position)) === name;
    const text = isOwn ? run.name : this.runs.names.at(name);
    return {
      name: text,
      scenario: isOwn ? run.scenario : scenarioOfName(text),
      batch: batch === NO_BATCH ? null : this.#batches[batch]!,
    };
  }

  *[Symbol.iterator](): Generator<Answer, void, undefined> {
    for (let position = 0; position < this.length; position++) yield this.at(position);
  }

  /** The answers at some positions, in that order. */
  only(positions: Iterable<number>): Answers {
    const answers = new Answers(this.runs, this.#batches);
    for (const n of positions) answers.add(this.#name.at(n), this.#run.at(n), this.#batch.at(n));
    return answers;
  }

  /** By name, then by start and id. */
  sorted(): Answers {
    const { names } = this.runs;
    const order = Int32Array.from({ length: this.length }, (_, position) => position);
    order.sort((a, b) => {
      const [first, second] = [this.#name.at(a), this.#name.at(b)];
      if (first !== second) return names.compare(first, second);
      return this.runs.compareStarts(this.#run.at(a), this.#run.at(b));
    });
    return this.only(order);
  }
}

/** The current run of every name; `findRun` gives the same for each single name. */
export async function standingAnswers({ store, runs }: RunCatalogue): Promise<Answers> {
  const batches: string[] = [];
  const arrivals: Arrival[] = [];
  /** By name: the latest batch with the name, and the run. */
  const [batchOf, runOf]: [number[], number[]] = [[], []];
  for await (const { batch, outcomes } of batchesBackwards(store)) {
    const number = batches.push(batch.id) - 1;
    arrivals.push(arrivalOf(batch));
    await eachAnswer(outcomes, (name, run) => {
      const asked = runs.nameNumber(name);
      while (batchOf.length < runs.names.length) runOf[batchOf.push(NO_BATCH) - 1] = NO_RUN;
      if (batchOf[asked] === NO_BATCH) [batchOf[asked], runOf[asked]] = [number, runs.numberOf(run)];
    });
  }
  const answers = new Answers(runs, batches);
  for (let name = 0; name < runs.names.length; name++) {
    const executed = runs.latestOf(name);
    const [batch, run] = [batchOf[name] ?? NO_BATCH, runOf[name] ?? NO_RUN];
    const isLater =
      run !== NO_RUN && (executed === NO_RUN || byArrival(arrivals[batch]!, runs.arrivalOf(executed)) > 0);
    if (isLater) answers.add(name, run, batch);
    else if (executed !== NO_RUN) answers.add(name, executed);
  }
  return answers;
}

/** Every execution, with its batch. */
export async function everyExecution({ store, runs }: RunCatalogue): Promise<Answers> {
  const batches: string[] = [];
  const madeBy = new Map<number, number>();
  // An older batch comes later here and replaces batches that only reused the result.
  for await (const { batch, outcomes } of batchesBackwards(store)) {
    const number = batches.push(batch.id) - 1;
    await eachAnswer(outcomes, (_, run) => madeBy.set(runs.numberOf(run), number));
  }
  const answers = new Answers(runs, batches);
  for (let run = 0; run < runs.length; run++) answers.add(runs.nameOf(run), run, madeBy.get(run));
  return answers;
}

/** The answers of one batch, independent of later ones; none if its record is missing or damaged. */
export async function answersOfBatch({ store, runs }: RunCatalogue, batch: string): Promise<Answers> {
  const answers = new Answers(runs, [batch]);
  const outcomes = await batchOutcomes(store, batch);
  if (outcomes === undefined) return answers;
  await eachAnswer(outcomes, (name, run) => {
    const number = runs.numberOf(run);
    if (number !== NO_RUN) answers.add(runs.nameNumber(name), number, 0);
  });
  return answers;
}

/** Calls back for every outcome with a run. */
async function eachAnswer(
  outcomes: AsyncIterable<readonly Outcome[]>,
  use: (name: string, run: string) => void,
): Promise<void> {
  for await (const piece of outcomes) for (const { name, run } of piece) if (run !== null) use(name, run);
}
