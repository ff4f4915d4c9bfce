import type { BatchResult } from '../../batch/batch.js';
import { expandCells } from '../../batch/expand/expand.js';
import type { ScenarioRegistry } from '../../config/index.js';
import { goldenChecks, type GoldenReport, type GoldenSubject, type GoldenTree } from '../../golden/index.js';
import { systemClock } from '../../platform/clock.js';
import type { ArtefactStore } from '../../store/port.js';
import type { BatchArguments } from '../commands/batch.js';
import {
  capturedRun,
  goldenComparer,
  goldenDirectories,
  goldenDirectory,
  goldenTree,
  judgeName,
} from './golden-context.js';
import { checkUpdateMode, isCI } from './read-only.js';

/** What a batch leaves for its goldens to be checked. */
export interface BatchGoldens {
  readonly args: BatchArguments;
  readonly env: NodeJS.ProcessEnv;
  readonly store: ArtefactStore;
  readonly registry: ScenarioRegistry;
  /** The manifests as the user named them. */
  readonly files: readonly string[];
}

/** Compares every successful run with its golden; undefined when goldens are not to be looked at. */
export async function batchGoldens(
  result: BatchResult,
  parts: BatchGoldens,
): Promise<GoldenReport | undefined> {
  const { args, env, store, registry, files } = parts;
  if (args.golden === false) return undefined;
  const tree = goldenTree(args.golden);
  const update = checkUpdateMode(args, env);
  return goldenChecks({
    tree,
    compare: goldenComparer(store),
    subjects: subjectsOf(result, tree, parts),
    references: isWhole(args) ? { directories: askedFor(tree, registry), manifests: files } : null,
    update,
    read_only: isCI(env),
    overridden: (args.set ?? []).length > 0,
    by: judgeName(args.by, env),
    why: args.reason ?? `updated by aether-batch -u ${update}`,
    clock: systemClock,
  });
}

function subjectsOf(
  result: BatchResult,
  tree: GoldenTree,
  { store, registry }: BatchGoldens,
): GoldenSubject[] {
  return result.outcomes.flatMap(({ name, scenario: id, ok, run, failure }) => {
    const scenario = registry.get(id);
    const directory = scenario === undefined ? undefined : goldenDirectory(tree, scenario, name);
    // A result that disagrees with an earlier one of the same inputs is what goldens are there to judge.
    const isComparable = ok || failure?.code === 'RESULTS_DISAGREE';
    if (scenario === undefined || directory === undefined || !isComparable || run === null) return [];
    return [
      {
        name,
        scenario: id,
        manifest: scenario.source.file,
        directory,
        open: async () => {
          const record = await store.run(run);
          return record === undefined ? undefined : capturedRun(store, record);
        },
      },
    ];
  });
}

/** Only a batch that selected everything can tell what nobody asks for. */
function isWhole(args: BatchArguments): boolean {
  return args.grep === undefined && (args.tag ?? []).length === 0 && args['last-failed'] !== true;
}

/** The directories of all goldens that the loaded manifests ask for, plainly or under any of their profiles. */
export function askedFor(tree: GoldenTree, registry: ScenarioRegistry): ReadonlySet<string> {
  const directories = new Set<string>();
  for (const scenario of registry.scenarios) {
    if (scenario.goldens.length === 0) continue;
    for (const { name } of expandCells(scenario.id, scenario)) {
      for (const directory of goldenDirectories(tree, scenario, name)) directories.add(directory);
    }
  }
  return directories;
}
