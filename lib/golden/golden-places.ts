import { byCodeUnit } from '../base/code-units.js';
import type { ManifestScenario, ScenarioList } from '../config/index.js';
import { goldenDirectories, goldenDirectory } from './golden-directory.js';
import { goldenRuns } from './golden-runs.js';
import type { GoldenTree } from './golden-tree.js';

/** A run that has, or should have, a golden. */
export interface GoldenPlace {
  readonly name: string;
  /** Null when no loaded manifest asks for it. */
  readonly scenario: ManifestScenario | null;
  readonly directory: string;
}

/** Every run name that should have a golden, and every golden there is, ascending. */
export async function goldenPlaces(
  tree: GoldenTree,
  registry: ScenarioList,
): Promise<readonly GoldenPlace[]> {
  const places = new Map<string, GoldenPlace>();
  const found = new Map(tree.directories().map((place) => [tree.identityOf(place.directory), place]));
  for await (const { scenario, name } of goldenRuns(registry)) {
    const asked = goldenDirectories(tree, scenario, name);
    const there = asked.filter((candidate) => found.delete(tree.identityOf(candidate)));
    // The service knows no profiles: what only one of them asks for is not obsolete where it is, and not missing where it is not.
    const directory = goldenDirectory(tree, scenario, name) ?? there[0];
    if (directory !== undefined) places.set(name, { name, scenario, directory });
  }
  for (const { name, directory } of found.values()) {
    if (!places.has(name)) places.set(name, { name, scenario: null, directory });
  }
  return [...places.values()].sort((a, b) => byCodeUnit(a.name, b.name));
}
