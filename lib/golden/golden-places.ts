import { expandCells } from '../batch/expand/expand.js';
import { cellBound } from '../config/index.js';
import { MAX_CELLS, type ManifestScenario, type ScenarioList } from '../config/index.js';
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
export function goldenPlaces(tree: GoldenTree, registry: ScenarioList): readonly GoldenPlace[] {
  const places = new Map<string, GoldenPlace>();
  const found = new Map(tree.directories().map((place) => [tree.identityOf(place.directory), place]));
  for (const scenario of registry.scenarios) {
    if (scenario.goldens.length === 0 || cellBound(scenario) > MAX_CELLS) continue;
    for (const { name } of expandCells(scenario.id, scenario)) {
      const asked = goldenDirectories(tree, scenario, name);
      // The service knows no profiles: what only one of them asks for is not obsolete where it is, and not missing where it is not.
      const directory =
        goldenDirectory(tree, scenario, name) ??
        asked.find((candidate) => found.has(tree.identityOf(candidate)));
      for (const candidate of asked) found.delete(tree.identityOf(candidate));
      if (directory !== undefined) places.set(name, { name, scenario, directory });
    }
  }
  for (const { name, directory } of found.values()) {
    if (!places.has(name)) places.set(name, { name, scenario: null, directory });
  }
  return [...places.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
