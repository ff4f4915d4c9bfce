import { join } from 'node:path';
import { cellBound, MAX_CELLS, type ManifestScenario, type ScenarioList } from '../../config/index.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import { expandInTurns, type ScenarioRun } from '../../batch/expand/expand-in-turns.js';

/** The directory of the golden of one run of a scenario; undefined if it has none. */
export function goldenDirectory(
  tree: GoldenTree,
  scenario: ManifestScenario,
  name: string,
): string | undefined {
  const { id, golden } = scenario;
  return golden === false ? undefined : directoryUnder(tree, golden, { id, name });
}

/** The directories of goldens of one run of a scenario: its own, and those of profiles of its manifest. */
export function goldenDirectories(
  tree: GoldenTree,
  { id, goldens }: ManifestScenario,
  name: string,
): string[] {
  return goldens.map((golden) => directoryUnder(tree, golden, { id, name }));
}

function directoryUnder(
  tree: GoldenTree,
  golden: true | string,
  { id, name }: { readonly id: string; readonly name: string },
): string {
  if (golden === true) return tree.directoryOf(name);
  // The runs of a sweep share the directory in the manifest; each has a subdirectory.
  return name === id ? golden : join(golden, name);
}

/**
 * The directories of all goldens that the loaded manifests request, without a profile or under any of their
 * profiles.
 */
export async function askedFor(tree: GoldenTree, registry: ScenarioList): Promise<ReadonlySet<string>> {
  const directories = new Set<string>();
  for await (const { scenario, name } of goldenRuns(registry)) {
    for (const directory of goldenDirectories(tree, scenario, name)) directories.add(directory);
  }
  return directories;
}

/** The runs of all scenarios that request goldens, without a profile or under any of their profiles. */
export function goldenRuns(registry: ScenarioList): AsyncGenerator<ScenarioRun, void, undefined> {
  // A sweep with too many cells is refused when it is planned.
  return expandInTurns(
    registry.scenarios.filter((scenario) => scenario.goldens.length > 0 && cellBound(scenario) <= MAX_CELLS),
  );
}
