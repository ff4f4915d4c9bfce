import type { ScenarioList } from '../../config/index.js';
import type { Problem } from '../../base/problem.js';
import { goldenDirectories, goldenRuns } from './golden-directory.js';
import type { ScenarioRun } from '../../batch/expand/expand-in-turns.js';
import type { GoldenTree } from '../tree/golden-tree.js';

/**
 * A run whose golden would be in the directory of that of another run; owner null: in the directory of all
 * goldens.
 */
interface SharedDirectory extends ScenarioRun {
  readonly directory: string;
  readonly owner: ScenarioRun | null;
}

/**
 * Runs that would share a golden directory, without a profile or under any profile, as problems of the
 * documents: each would overwrite the golden of the other. One problem per pair of scenarios, even if many of
 * their runs collide.
 */
export async function sharedGoldens(tree: GoldenTree, registry: ScenarioList): Promise<readonly Problem[]> {
  const problems = new Map<string, Problem>();
  for await (const shared of sharedDirectories(tree, registry)) {
    const key = `${shared.scenario.id}\n${shared.owner?.scenario.id ?? ''}`;
    if (!problems.has(key)) problems.set(key, problemOf(shared));
  }
  return [...problems.values()];
}

/** Why a run cannot have its own golden; undefined if it can. */
export async function sharedGolden(
  tree: GoldenTree,
  registry: ScenarioList,
  name: string,
): Promise<string | undefined> {
  for await (const shared of sharedDirectories(tree, registry)) {
    if (shared.name === name || shared.owner?.name === name) return problemOf(shared).message;
  }
  return undefined;
}

/**
 * Directories are the same if they are one on disk, or if they differ only in case or in the form of accented
 * letters, because some file systems do not distinguish those.
 */
async function* sharedDirectories(
  tree: GoldenTree,
  registry: ScenarioList,
): AsyncGenerator<SharedDirectory, void, undefined> {
  // Run names differ, so only a path in a manifest can be shared.
  if (!registry.scenarios.some(({ goldens }) => goldens.some((golden) => golden !== true))) return;
  const owners = new Map<string, ScenarioRun>();
  const root = placeOf(tree, tree.root);
  for await (const run of goldenRuns(registry)) {
    for (const directory of goldenDirectories(tree, run.scenario, run.name)) {
      const place = placeOf(tree, directory);
      const owner = place === root ? null : owners.get(place);
      if (owner === undefined) owners.set(place, run);
      else if (owner?.name !== run.name) yield { ...run, directory, owner };
    }
  }
}

function placeOf(tree: GoldenTree, directory: string): string {
  return tree.identityOf(directory).normalize('NFC').toLowerCase();
}

function problemOf({ scenario, name, directory, owner }: SharedDirectory): Problem {
  if (owner === null) {
    const message = `the golden of ${name} would be in the directory of all goldens: ${directory}`;
    return { ...scenario.source, code: 'shared-golden', message, expected: 'a subdirectory of it' };
  }
  const { file, line } = owner.scenario.source;
  return {
    ...scenario.source,
    code: 'shared-golden',
    message: `the golden of ${name} would be in the directory of the golden of ${owner.name}: ${directory}`,
    found: `the other golden is requested at ${file}:${String(line)}`,
    expected: 'a different golden directory for each run',
  };
}
