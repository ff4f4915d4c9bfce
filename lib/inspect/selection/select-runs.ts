import { findBatch } from '../find/find-batch.js';
import { describeNotFound } from '../find/lookup.js';
import { ColumnRegistry } from '../columns/column-registry.js';
import { nearNames } from '../find/near-names.js';
import { RowObserver, type ObservedNeeds } from '../observables/observed.js';
import type { ArtefactReader } from '../../store/port.js';
import { startedSince } from '../../store/since.js';
import { answersOfBatch, type Answers } from './answers.js';
import { sortedAnswers } from './sorted-answers.js';
import { parseCondition, type Condition } from './condition.js';
import { AxisCounts } from './axis-counts.js';
import { matchSelectors } from './match-selectors.js';
import { runCatalogue, type RunCatalogue } from './run-catalogue.js';
import { readAnswers, singly } from './read-answers.js';
import type { SelectedRun } from './selected-run.js';
import { problem, selected, unknownName, type Selected, type Selection } from './selection.js';

/** The runs of a selection: a stream that can be read again, of which only names and places are held. */
export interface SelectedRuns extends AsyncIterable<SelectedRun> {
  readonly store: ArtefactReader;
  /** All columns of the runs of the store. */
  readonly columns: ColumnRegistry;
  /** Number of runs before conditions are tested. */
  readonly candidates: number;
  /** Number of axes on which the candidates may differ; null if it is unknown without reading them. */
  readonly differing_axes: () => number | null;
  /** True if conditions exclude some of the candidates. */
  readonly isFiltered: boolean;
  /**
   * Completes the columns before texts are looked up: if they may refer to bits of streams that records do
   * not list, the artefacts of the candidates are read.
   */
  readonly learn: (texts: readonly string[]) => Promise<void>;
  /**
   * The runs with the observables that a query needs; missing ones are derived once and cached.
   *
   * @param order positions, to read them in another order than by name
   */
  readonly read: (needs: ObservedNeeds | null, order?: Iterable<number>) => AsyncIterable<SelectedRun>;
  /** The same, in batches. */
  readonly batches: (
    needs: ObservedNeeds | null,
    order?: Iterable<number>,
  ) => AsyncIterable<readonly SelectedRun[]>;
}

/** Callbacks while runs are read. */
export interface SelectionHooks {
  /** Called when the observables of a run are derived from its artefacts. */
  readonly deriving?: (name: string) => void;
}

/**
 * Selects runs of a store: the current run of each run name, as from `findRun`, by name ascending; or every
 * execution, by name and start. Damaged and removed runs are omitted. The result depends only on the tree,
 * not on the order in which runs arrived.
 */
export async function selectRuns(
  store: ArtefactReader,
  selection: Selection = {},
  hooks: SelectionHooks = {},
): Promise<Selected<SelectedRuns>> {
  return selectFrom(await runCatalogue(store), selection, hooks);
}

/** The same from a catalogue that was read before: runs as of that time. */
export async function selectFrom(
  catalogue: RunCatalogue,
  selection: Selection = {},
  hooks: SelectionHooks = {},
): Promise<Selected<SelectedRuns>> {
  const { store } = catalogue;
  const columns = new ColumnRegistry(catalogue.columns);
  const chosen = await chosenAnswers(catalogue, selection);
  if (!chosen.ok) return chosen;
  const answers = chosen.value;
  const all = { catalogue, answers, conditions: [], observer: new RowObserver(store, hooks.deriving) };
  const learn = async (texts: readonly string[]): Promise<void> => {
    if (!texts.some((text) => columns.mayMeanMore(text))) return;
    for await (const rows of readAnswers(all, { press: true })) {
      for (const { run } of rows) columns.learn(run.observables?.press ?? null);
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
    differing_axes: () => differingAxes(catalogue, answers),
    isFiltered: where.length > 0,
    learn,
    batches: (needs, order) => readAnswers(reading, needs, order),
    read: (needs, order) => singly(readAnswers(reading, needs, order)),
    [Symbol.asyncIterator]: () => singly(readAnswers(reading, null)),
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

async function chosenAnswers(catalogue: RunCatalogue, selection: Selection): Promise<Selected<Answers>> {
  const from = await answersFrom(catalogue, selection);
  if (!from.ok) return from;
  const answers = from.value;
  const { selectors = [], scenarios = [] } = selection;
  const matched =
    selectors.length === 0 ? selected(answers) : await matchSelectors(catalogue, answers, selectors);
  if (!matched.ok) return matched;
  if (scenarios.length > 0) {
    const known = answers.scenarios();
    const unknown = scenarios.find((scenario) => !known.has(scenario));
    if (unknown !== undefined) {
      return unknownName(`no run belongs to scenario ${unknown}`, nearNames(unknown, known));
    }
  }
  return selected(filtered(matched.value, selection));
}

function filtered(answers: Answers, { scenarios = [], names, states = [], since }: Selection): Answers {
  if (scenarios.length === 0 && names === undefined && states.length === 0 && since === undefined)
    return answers;
  const kept: number[] = [];
  let position = 0;
  for (const { name, scenario, entry } of answers) {
    const isKept =
      (scenarios.length === 0 || scenarios.includes(scenario)) &&
      (names === undefined || names.has(name)) &&
      (states.length === 0 || states.includes(entry.state)) &&
      (since === undefined || startedSince(entry.started_at, since));
    if (isKept) kept.push(position);
    position++;
  }
  return answers.only(kept);
}

/** Sorted by name, and by start if a name has several. */
async function answersFrom(
  catalogue: RunCatalogue,
  { batch, all_executions = false }: Selection,
): Promise<Selected<Answers>> {
  if (batch !== undefined) {
    const found = await findBatch(catalogue.store, batch);
    if (!found.ok) {
      return problem(found.reason === 'ambiguous' ? 'ambiguous' : 'unknown', describeNotFound(found));
    }
    return selected((await answersOfBatch(catalogue, found.value.id)).sorted());
  }
  return selected(await sortedAnswers(catalogue, all_executions ? 'every' : 'standing'));
}

function differingAxes({ columns }: RunCatalogue, answers: Answers): number | null {
  // A name with the run of another name has its own axes.
  if (!answers.sharesNames) return null;
  const all = new AxisCounts();
  for (const scenario of answers.scenarios()) {
    const counts = columns.axes_of.get(scenario);
    if (counts !== undefined) all.merge(counts);
  }
  return all.varying().length;
}
