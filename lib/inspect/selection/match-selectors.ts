import { matchingIds } from '../find/find-run.js';
import { nearNames } from '../find/near-names.js';
import type { Answers } from './answers.js';
import { NO_RUN } from './catalogue-runs.js';
import type { RunCatalogue } from './run-catalogue.js';
import { problem, selected, unknownName, type Selected } from './selection.js';
import { hasWildcard, isGlob, nameGlob } from './name-glob.js';

/**
 * The answers that match any of the selectors, sorted. A selector is tried as a run id, a run name, `latest`,
 * a unique prefix of a run id, a scenario id, and a glob over run names, in this order. A run id selects
 * exactly that execution.
 */
export async function matchSelectors(
  catalogue: RunCatalogue,
  answers: Answers,
  selectors: readonly string[],
): Promise<Selected<Answers>> {
  const matched = new Set<number>();
  /** Executions that are no longer current. */
  const others = new Set<number>();
  const known = new AnswerIndex(answers);
  for (const text of selectors) {
    const ids = await idsOf(catalogue, text, known.named(text).length > 0);
    if (!ids.ok) return ids;
    for (const id of ids.value) {
      const run = catalogue.runs.numberOf(id);
      const own = known.ownAnswerOf(run);
      if (own === undefined) others.add(run);
      else matched.add(own);
    }
    if (ids.value.length > 0) continue;
    const meant = known.meant(text);
    if (meant === undefined) return unknownSelector(catalogue, text, namesAndScenarios(answers));
    for (const position of meant) matched.add(position);
  }
  const found = answers.only([...matched].sort((a, b) => a - b));
  for (const run of others) found.add(catalogue.runs.nameOf(run), run);
  return selected(others.size === 0 ? found : found.sorted());
}

/** The ids that match a selector: its own, that of the latest run, or the one with the prefix. */
async function idsOf(
  { runs, store }: RunCatalogue,
  text: string,
  isName: boolean,
): Promise<Selected<readonly string[]>> {
  if (runs.numberOf(text) !== NO_RUN) return selected([text]);
  if (isName) return selected([]);
  if (text === 'latest') return selected(runs.length === 0 ? [] : [runs.at(runs.last()).id]);
  const matching = [...matchingIds(runs.ids, text)].sort();
  if (matching.length <= 1) return selected(matching);
  const batches = await store.batchIds();
  if (batches.includes(text)) return selected([]);
  return problem(
    'ambiguous',
    `run ${text} is ambiguous`,
    `it may mean ${matching.slice(-8).reverse().join(', ')}`,
  );
}

async function unknownSelector(
  { store }: RunCatalogue,
  text: string,
  known: Iterable<string>,
): Promise<Selected<never>> {
  const batches = await store.batchIds();
  const batch = batches.includes(text) ? text : matchingIds(batches, text)[0];
  if (batch !== undefined)
    return problem('unknown', `${text} is a batch, not a run`, `write --batch ${batch}`);
  return unknownName(`there is no run ${text}`, nearNames(text, known));
}

function namesAndScenarios(answers: Answers): ReadonlySet<string> {
  return new Set([...answers].flatMap(({ name, scenario }) => [name, scenario]));
}

/** Finds sorted answers by name, run and scenario; positions are indices of the list. */
class AnswerIndex {
  readonly #answers: Answers;
  /** By number of a name: the position of the first of its consecutive answers, plus one. */
  readonly #first: Int32Array;

  constructor(answers: Answers) {
    this.#answers = answers;
    this.#first = new Int32Array(answers.runs.names.length);
    for (let position = answers.length - 1; position >= 0; position--) {
      this.#first[answers.nameAt(position)] = position + 1;
    }
  }

  /** The answers for a name. */
  named(name: string): readonly number[] {
    const number = this.#answers.runs.names.find(name);
    return number === undefined ? [] : this.#ofName(number);
  }

  /** The answer of a run under its own name; undefined if there is none. */
  ownAnswerOf(run: number): number | undefined {
    const own = this.#ofName(this.#answers.runs.nameOf(run));
    return own.find((position) => this.#answers.runAt(position) === run);
  }

  /**
   * The answers for a name, a scenario or a glob over names; undefined if the text is none of them. Run names have
   * brackets, so a text without a star or a question mark that matches nothing is a name that does not exist.
   */
  meant(text: string): readonly number[] | undefined {
    const named = this.named(text);
    if (named.length > 0) return named;
    const ofScenario = this.#where(({ scenario }) => scenario === text);
    if (ofScenario.length > 0) return ofScenario;
    if (!isGlob(text)) return undefined;
    const test = nameGlob(text);
    const found = this.#where(({ name }) => test(name));
    return found.length === 0 && !hasWildcard(text) ? undefined : found;
  }

  #where(test: (answer: { readonly name: string; readonly scenario: string }) => boolean): readonly number[] {
    const found: number[] = [];
    let position = 0;
    for (const answer of this.#answers) {
      if (test(answer)) found.push(position);
      position++;
    }
    return found;
  }

  #ofName(name: number): readonly number[] {
    const first = this.#first[name]! - 1;
    if (first < 0) return [];
    const found: number[] = [];
    for (let n = first; n < this.#answers.length && this.#answers.nameAt(n) === name; n++) found.push(n);
    return found;
  }
}
