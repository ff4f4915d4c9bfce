import { expandCells } from '../../batch/expand/expand.js';
import type { ManifestScenario } from '../../config/index.js';
import { selectScenarios } from '../batches/select-scenarios.js';
import { Refusal } from '../http/problems.js';

/**
 * Names of the runs that loaded manifests plan now, of scenarios with any of the tags; undefined when neither is asked for.
 *
 * @throws Refusal invalid-selection
 */
export function plannedNames(
  { manifest = [], tag = [] }: { readonly manifest?: readonly string[]; readonly tag?: readonly string[] },
  scenarios: readonly ManifestScenario[],
): ReadonlySet<string> | undefined {
  if (manifest.length + tag.length === 0) return undefined;
  const names = new Set<string>();
  for (const scenario of chosen({ manifests: manifest, tags: tag }, scenarios)) {
    for (const { name } of expandCells(scenario.id, scenario)) names.add(name);
  }
  return names;
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
