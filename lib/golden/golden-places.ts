import { expandCells } from '../batch/expand/expand.js';
import type { ManifestScenario, ScenarioRegistry } from '../config/index.js';
import { goldenDirectories, goldenDirectory } from './golden-directory.js';
import type { GoldenTree } from './golden-tree.js';

/** A run that has, or should have, a golden. */
export interface GoldenPlace {
  readonly name: string;
  /** Null when no loaded manifest asks for it. */
  readonly scenario: ManifestScenario | null;
  readonly directory: string;
}

/** Every run name that should have a golden, and every golden there is, ascending. */
export function goldenPlaces(tree: GoldenTree, registry: ScenarioRegistry): readonly GoldenPlace[] {
  const places = new Map<string, GoldenPlace>();
  for (const { name, directory } of tree.directories()) {
    places.set(name, { name, scenario: null, directory });
  }
  for (const scenario of registry.scenarios) {
    if (scenario.goldens.length === 0) continue;
    for (const { name } of expandCells(scenario.id, scenario)) {
      const found = places.get(name)?.directory;
      // The service knows no profiles: what only one of them asks for is no stray where it is, and not missing where it is not.
      const directory =
        goldenDirectory(tree, scenario, name) ??
        goldenDirectories(tree, scenario, name).find((candidate) => candidate === found);
      if (directory !== undefined) places.set(name, { name, scenario, directory });
    }
  }
  return [...places.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
