import { expandCells } from '../../batch/expand/expand.js';
import { selectsScenario } from '../../batch/expand/select.js';
import { loadScenarios } from '../scenarios/load-scenarios.js';

/** Names of the runs in the current plan of the manifests, of scenarios with any of the tags. */
export async function plannedNames(
  manifests: readonly string[],
  tags: readonly string[],
  store: string,
): Promise<ReadonlySet<string>> {
  const { registry } = await loadScenarios(manifests, { store });
  const names = new Set<string>();
  for (const scenario of registry.scenarios) {
    if (!selectsScenario({ grep: null, tags, scenarios: [] }, scenario)) continue;
    for (const { name } of expandCells(scenario.id, scenario)) names.add(name);
  }
  return names;
}
