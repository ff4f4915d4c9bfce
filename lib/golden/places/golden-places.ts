import { byCodeUnit } from '../../base/code-units.js';
import { scenarioOfName } from '../../base/run-name.js';
import { ScenarioList, type ManifestScenario } from '../../config/index.js';
import { goldenDirectories, goldenDirectory, goldenRuns } from './golden-directory.js';
import type { GoldenTree } from '../tree/golden-tree.js';

/** A run that has a golden, or should have one. */
export interface GoldenPlace {
  readonly name: string;
  /** Null if no loaded manifest requests it. */
  readonly scenario: ManifestScenario | null;
  readonly directory: string;
}

/** Every run name that should have a golden, and every existing golden, ascending. */
export async function goldenPlaces(
  tree: GoldenTree,
  registry: ScenarioList,
): Promise<readonly GoldenPlace[]> {
  const places = new Map<string, GoldenPlace>();
  const found = new Map(tree.directories().map((place) => [tree.identityOf(place.directory), place]));
  for await (const { scenario, name } of goldenRuns(registry)) {
    const asked = goldenDirectories(tree, scenario, name);
    const there = asked.filter((candidate) => found.delete(tree.identityOf(candidate)));
    // The service knows no profiles: a golden that only a profile requests is neither obsolete nor missing.
    const directory = goldenDirectory(tree, scenario, name) ?? there[0];
    if (directory !== undefined) places.set(name, { name, scenario, directory });
  }
  for (const { name, directory } of found.values()) {
    if (!places.has(name)) places.set(name, { name, scenario: null, directory });
  }
  return [...places.values()].sort((a, b) => byCodeUnit(a.name, b.name));
}

/**
 * The place of one name, as in `goldenPlaces`, without expanding every sweep: only the scenario of the name, and
 * those whose manifests set directories, can request its directory.
 */
export async function goldenPlaceOf(
  tree: GoldenTree,
  registry: ScenarioList,
  name: string,
): Promise<GoldenPlace | undefined> {
  const own = scenarioOfName(name);
  const asking = registry.scenarios.filter(
    ({ id, goldens }) => id === own || goldens.some((golden) => golden !== true),
  );
  return (await goldenPlaces(tree, new ScenarioList(asking))).find((place) => place.name === name);
}
