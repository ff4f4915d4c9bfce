import { expandInTurns } from '../../batch/expand/expand-in-turns.js';
import type { ManifestScenario, ScenarioList } from '../../config/index.js';
import { selectScenarios } from '../batches/select-scenarios.js';
import { Refusal } from '../refusal.js';
import type { SelectionQuery } from './table-query.js';

/** Maximum number of names of one selection. */
const MOST_NAMES = 200_000;

interface Kept {
  readonly asked: string;
  readonly names: Promise<ReadonlySet<string>>;
}

/** The last answer about a list: the pages of one table need the same one. */
const kept = new WeakMap<ScenarioList, Kept>();

/**
 * Names of the runs in the current plan of loaded manifests, of scenarios with any of the tags; undefined if
 * neither is requested.
 *
 * @throws Refusal invalid-selection, also for more names than one selection may have
 */
export async function plannedNames(
  { manifest = [], tag = [] }: Pick<SelectionQuery, 'manifest' | 'tag'>,
  list: ScenarioList,
): Promise<ReadonlySet<string> | undefined> {
  if (manifest.length + tag.length === 0) return undefined;
  const asked = JSON.stringify([manifest, tag]);
  const known = kept.get(list);
  if (known?.asked === asked) return known.names;
  const names = namesOf(chosen({ manifests: manifest, tags: tag }, list.scenarios));
  kept.set(list, { asked, names });
  return names;
}

async function namesOf(scenarios: readonly ManifestScenario[]): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const { scenario, name } of expandInTurns(scenarios)) {
    names.add(name);
    if (names.size > MOST_NAMES) throw tooMany(scenario.id);
  }
  return names;
}

function tooMany(scenario: string): Refusal {
  return new Refusal(
    'invalid-selection',
    `The manifests plan more than ${String(MOST_NAMES)} runs including those of ${scenario}, the maximum of one selection; select scenarios instead`,
  );
}

function chosen(
  asked: { readonly manifests: readonly string[]; readonly tags: readonly string[] },
  scenarios: readonly ManifestScenario[],
): readonly ManifestScenario[] {
  try {
    return selectScenarios(asked, scenarios);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'nothing-selected') return [];
    throw new Refusal('invalid-selection', error.message, error.extras);
  }
}
