import { matchingIds } from '../find-run.js';
import { nearNames } from '../near-names.js';
import { byArrival } from '../../store/arrival.js';
import type { Answer } from './answers.js';
import { isGlob, nameGlob } from './name-glob.js';
import type { RunCatalogue } from './run-catalogue.js';
import { problem, selected, unknownName, type Selected } from './selection.js';

/**
 * The answers that any of the selectors names. A selector is tried as a run id, a run name, `latest`, a unique prefix of
 * a run id, a scenario id, and a glob over run names, in this order. A run id names that very execution.
 */
export async function matchSelectors(
  catalogue: RunCatalogue,
  answers: readonly Answer[],
  selectors: readonly string[],
): Promise<Selected<readonly Answer[]>> {
  const matched = new Set<Answer>();
  const byName = groups(answers, ({ name }) => name);
  const byScenario = groups(answers, ({ scenario }) => scenario);
  for (const text of selectors) {
    const ids = await idsOf(catalogue, text, byName.has(text));
    if (!ids.ok) return ids;
    const executions = ids.value.map((id) => executionOf(catalogue, answers, id));
    const meant = executions.length > 0 ? executions : (byName.get(text) ?? byScenario.get(text));
    if (meant !== undefined) for (const answer of meant) matched.add(answer);
    else if (isGlob(text)) {
      const test = nameGlob(text);
      for (const answer of answers) if (test(answer.name)) matched.add(answer);
    } else return unknownSelector(catalogue, text, [...byName.keys(), ...byScenario.keys()]);
  }
  return selected([...matched]);
}

/** The ids that a selector names: its own, that of the latest run, or the one that begins with it. */
async function idsOf(
  { runs, store }: RunCatalogue,
  text: string,
  isName: boolean,
): Promise<Selected<readonly string[]>> {
  if (runs.has(text)) return selected([text]);
  if (isName) return selected([]);
  if (text === 'latest') {
    const entries = [...runs.values()];
    const last = entries.reduce<(typeof entries)[number] | undefined>(
      (latest, entry) =>
        latest === undefined || byArrival(latest.arrived, entry.arrived) < 0 ? entry : latest,
      undefined,
    );
    return selected(last === undefined ? [] : [last.place.id]);
  }
  const matching = matchingIds([...runs.keys()].sort(), text);
  if (matching.length <= 1) return selected(matching);
  const batches = await store.batchIds();
  if (batches.includes(text)) return selected([]);
  return problem(
    'ambiguous',
    `run ${text} is ambiguous`,
    `it may mean ${matching.slice(-8).reverse().join(', ')}`,
  );
}

/** An execution by its id: as it answers where it does, otherwise under its own name. */
function executionOf(catalogue: RunCatalogue, answers: readonly Answer[], id: string): Answer {
  const entry = catalogue.runs.get(id)!;
  const own = answers.find((answer) => answer.entry === entry && answer.name === entry.name);
  return own ?? { name: entry.name, scenario: entry.scenario, batch: null, entry };
}

async function unknownSelector(
  { store }: RunCatalogue,
  text: string,
  known: readonly string[],
): Promise<Selected<never>> {
  const batches = await store.batchIds();
  const batch = batches.includes(text) ? text : matchingIds(batches, text)[0];
  if (batch !== undefined)
    return problem('unknown', `${text} is a batch, not a run`, `write --batch ${batch}`);
  return unknownName(`there is no run ${text}`, nearNames(text, known));
}

function groups<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const group = found.get(keyOf(item));
    if (group === undefined) found.set(keyOf(item), [item]);
    else group.push(item);
  }
  return found;
}
