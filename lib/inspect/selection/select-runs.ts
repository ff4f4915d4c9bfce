import { findBatch } from '../find-batch.js';
import { describeNotFound } from '../lookup.js';
import { ColumnRegistry } from '../columns/column-registry.js';
import { nearNames } from '../near-names.js';
import { Breath } from '../replay/breath.js';
import { neededObservables, RowObserver, type ObservedNeeds } from '../observables/observed.js';
import type { ArtefactReader } from '../../store/port.js';
import { NO_REMARKS } from '../../store/remarks/run-remarks.js';
import { startedSince } from '../../store/since.js';
import { answersOfBatch, everyExecution, standingAnswers, type Answer } from './answers.js';
import { axisValues, ownAxes } from './axis-values.js';
import { parseCondition, type Condition } from './condition.js';
import { matchSelectors } from './match-selectors.js';
import { runCatalogue, type RunCatalogue } from './run-catalogue.js';
import type { SelectedRun } from './selected-run.js';
import { problem, selected, unknownName, type Selected, type Selection } from './selection.js';

/** The runs of a selection: a stream that can be read again, of which only names and places are held. */
export interface SelectedRuns extends AsyncIterable<SelectedRun> {
  readonly store: ArtefactReader;
  /** Every column that a run of the store has. */
  readonly columns: ColumnRegistry;
  /** Runs before conditions are tested. */
  readonly candidates: number;
  /** True when conditions leave some of the candidates out. */
  readonly isFiltered: boolean;
  /**
   * Makes the columns complete for texts that are about to be looked up: where they may mean bits of streams that records
   * do not list, the artefacts of the candidates tell.
   */
  readonly learn: (texts: readonly string[]) => Promise<void>;
  /**
   * The runs with the observables that a question needs; what a record lacks is derived once and kept.
   *
   * @param order positions, to read them in another order than that of the names
   */
  readonly read: (needs: ObservedNeeds | null, order?: Iterable<number>) => AsyncIterable<SelectedRun>;
}

/** What a caller is told while runs are read. */
export interface SelectionHooks {
  /** The observables of a run are derived from its artefacts. */
  readonly deriving?: (name: string) => void;
}

/**
 * Selects runs of a store: for each run name the run that answers now, as `findRun` does, by name ascending; or every
 * execution, by name and start. What is damaged or gone is left out. Reading is a projection of the tree: the order in
 * which runs arrived changes nothing.
 */
export async function selectRuns(
  store: ArtefactReader,
  selection: Selection = {},
  hooks: SelectionHooks = {},
): Promise<Selected<SelectedRuns>> {
  return selectFrom(await runCatalogue(store), selection, hooks);
}

/** The same from a catalogue that was read before: runs as they were then. */
export async function selectFrom(
  catalogue: RunCatalogue,
  selection: Selection = {},
  hooks: SelectionHooks = {},
): Promise<Selected<SelectedRuns>> {
  const { store } = catalogue;
  const columns = new ColumnRegistry(catalogue.columns);
  const chosen = await chosenAnswers(catalogue, selection);
  if (!chosen.ok) return chosen;
  const answers = [...chosen.value].sort(byNameAndStart);
  const all = { catalogue, answers, conditions: [], observer: new RowObserver(store, hooks.deriving) };
  const learn = async (texts: readonly string[]): Promise<void> => {
    if (!texts.some((text) => columns.mayMeanMore(text))) return;
    for await (const { run } of readAnswers(all, { press: true }, answers.keys())) {
      columns.learn(run.observables?.press ?? null);
    }
  };
  const { where = [] } = selection;
  await learn(where);
  const conditions = parsedConditions(where, columns);
  if (!conditions.ok) return conditions;
  const reading = { ...all, conditions: conditions.value };
  return selected({
    store,
    columns,
    candidates: answers.length,
    isFiltered: where.length > 0,
    learn,
    read: (needs, order) => readAnswers(reading, needs, order ?? answers.keys()),
    [Symbol.asyncIterator]: () => readAnswers(reading, null, answers.keys()),
  });
}

function parsedConditions(where: readonly string[], columns: ColumnRegistry): Selected<readonly Condition[]> {
  const conditions: Condition[] = [];
  for (const text of where) {
    const condition = parseCondition(text, columns);
    if (!condition.ok) return condition;
    conditions.push(condition.value);
  }
  return selected(conditions);
}

async function chosenAnswers(
  catalogue: RunCatalogue,
  selection: Selection,
): Promise<Selected<readonly Answer[]>> {
  const from = await answersFrom(catalogue, selection);
  if (!from.ok) return from;
  const { selectors = [], scenarios = [], names, states, since } = selection;
  const matched = selectors.length === 0 ? from : await matchSelectors(catalogue, from.value, selectors);
  if (!matched.ok) return matched;
  const known = new Set(from.value.map(({ scenario }) => scenario));
  const unknown = scenarios.find((scenario) => !known.has(scenario));
  if (unknown !== undefined) {
    return unknownName(`no run is of scenario ${unknown}`, nearNames(unknown, known));
  }
  return selected(
    matched.value.filter(
      ({ name, scenario, entry }) =>
        (scenarios.length === 0 || scenarios.includes(scenario)) &&
        (names === undefined || names.has(name)) &&
        (states === undefined || states.length === 0 || states.includes(entry.state)) &&
        (since === undefined || startedSince(entry.started_at, since)),
    ),
  );
}

async function answersFrom(
  catalogue: RunCatalogue,
  { batch, all_executions = false }: Selection,
): Promise<Selected<readonly Answer[]>> {
  if (batch !== undefined) {
    const found = await findBatch(catalogue.store, batch);
    if (!found.ok) {
      return problem(found.reason === 'ambiguous' ? 'ambiguous' : 'unknown', describeNotFound(found));
    }
    const record = await catalogue.store.batch(found.value.id);
    return selected(record === undefined ? [] : answersOfBatch(catalogue, record));
  }
  return selected(await (all_executions ? everyExecution(catalogue) : standingAnswers(catalogue)));
}

function byNameAndStart(a: Answer, b: Answer): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  const [first, second] = [a.entry, b.entry];
  if (first.started_at !== second.started_at) return first.started_at < second.started_at ? -1 : 1;
  return first.place.id < second.place.id ? -1 : 1;
}

interface Reading {
  readonly catalogue: RunCatalogue;
  readonly answers: readonly Answer[];
  readonly conditions: readonly Condition[];
  readonly observer: RowObserver;
}

async function* readAnswers(
  { catalogue, answers, conditions, observer }: Reading,
  wanted: ObservedNeeds | null,
  order: Iterable<number>,
): AsyncGenerator<SelectedRun, void, undefined> {
  const tested = neededObservables(conditions.map(({ column }) => column));
  const breath = new Breath();
  for (const position of order) {
    if (breath.isDue) await breath.take();
    const { name, scenario, batch, entry } = answers[position]!;
    const run = await catalogue.facts.read(entry.place);
    if (run === undefined) continue;
    const axes = run.name === name ? ownAxes(run) : axisValues(name, null);
    const remarks = catalogue.remarks.get(run.id) ?? NO_REMARKS;
    let row: SelectedRun = { position, name, scenario, axes, batch, run, remarks };
    if (tested !== null) row = await observer.observed(row, tested);
    if (!conditions.every(({ test }) => test(row))) continue;
    yield wanted === null ? row : await observer.observed(row, wanted);
  }
}
