import { expandCells } from '../batch/expand/expand.js';
import { cellBound } from '../config/index.js';
import { MAX_CELLS, type ManifestScenario, type ScenarioList } from '../config/index.js';
import type { Problem } from '../base/problem.js';
import { goldenDirectories } from './golden-directory.js';
import type { GoldenTree } from './golden-tree.js';

interface Owner {
  readonly scenario: ManifestScenario;
  readonly name: string;
}

/** A run whose golden would lie where that of another run does; owner null: in the directory of all goldens. */
interface SharedDirectory extends Owner {
  readonly directory: string;
  readonly owner: Owner | null;
}

/**
 * Runs that would share a golden directory, plainly or under any profiles, as problems of the documents: each would
 * overwrite the golden of the other. One problem for two scenarios, however many of their runs collide.
 */
export function sharedGoldens(tree: GoldenTree, registry: ScenarioList): readonly Problem[] {
  const problems = new Map<string, Problem>();
  for (const shared of sharedDirectories(tree, registry)) {
    const key = `${shared.scenario.id}\n${shared.owner?.scenario.id ?? ''}`;
    if (!problems.has(key)) problems.set(key, problemOf(shared));
  }
  return [...problems.values()];
}

/** Why a run cannot have a golden of its own; undefined when it can. */
export function sharedGolden(tree: GoldenTree, registry: ScenarioList, name: string): string | undefined {
  for (const shared of sharedDirectories(tree, registry)) {
    if (shared.name === name || shared.owner?.name === name) return problemOf(shared).message;
  }
  return undefined;
}

/**
 * Directories are the same when they are one on disk, and when they differ in case or in the form of accented letters
 * alone, because not every file system tells those apart.
 */
function* sharedDirectories(tree: GoldenTree, registry: ScenarioList): Generator<SharedDirectory> {
  // Names differ, so only a path that a manifest gives can be shared.
  if (!registry.scenarios.some(({ goldens }) => goldens.some((golden) => golden !== true))) return;
  const owners = new Map<string, Owner>();
  const root = placeOf(tree, tree.root);
  for (const scenario of registry.scenarios) {
    if (scenario.goldens.length === 0 || cellBound(scenario) > MAX_CELLS) continue;
    for (const { name } of expandCells(scenario.id, scenario)) {
      for (const directory of goldenDirectories(tree, scenario, name)) {
        const place = placeOf(tree, directory);
        const owner = place === root ? null : owners.get(place);
        if (owner === undefined) owners.set(place, { scenario, name });
        else if (owner?.name !== name) yield { scenario, name, directory, owner };
      }
    }
  }
}

function placeOf(tree: GoldenTree, directory: string): string {
  return tree.identityOf(directory).normalize('NFC').toLowerCase();
}

function problemOf({ scenario, name, directory, owner }: SharedDirectory): Problem {
  if (owner === null) {
    const message = `the golden of ${name} would lie in the directory of all goldens: ${directory}`;
    return { ...scenario.source, code: 'shared-golden', message, expected: 'a directory below it' };
  }
  const { file, line } = owner.scenario.source;
  return {
    ...scenario.source,
    code: 'shared-golden',
    message: `the golden of ${name} would lie in the directory of that of ${owner.name}: ${directory}`,
    found: `the other one is asked for at ${file}:${String(line)}`,
    expected: 'a golden directory of its own for each run',
  };
}
