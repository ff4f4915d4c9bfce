import type { Clock } from '../base/ports.js';
import type { ScenarioRegistry } from '../config/index.js';
import type { ArtefactStore } from '../store/port.js';
import { goldenChecks, type GoldenReport, type GoldenSubject } from './golden-checks.js';
import { askedFor, goldenDirectory } from './golden-directory.js';
import type { GoldenTree } from './golden-tree.js';
import { capturedRun, goldenComparer } from './stored-run.js';
import type { UpdateMode } from './update-mode.js';

/** How the runs of a batch are held against their goldens. */
export interface BatchGoldensOptions {
  readonly tree: GoldenTree;
  readonly store: ArtefactStore;
  readonly registry: ScenarioRegistry;
  /** The manifests as the user named them. */
  readonly files: readonly string[];
  /** True when every run of the manifests was selected: only then it is known which goldens nothing asks for. */
  readonly whole: boolean;
  readonly update: UpdateMode;
  /** True where no golden and no pending result is written. */
  readonly read_only: boolean;
  /** True when the documents were changed for this batch alone. */
  readonly overridden: boolean;
  /** Who accepts goldens with this batch; null when unknown. */
  readonly by: string | null;
  readonly why: string;
  readonly clock: Clock;
}

/** What the comparison needs to know of one run of a batch. */
export interface EndedRun {
  readonly name: string;
  readonly scenario: string;
  readonly ok: boolean;
  /** Id of the run record that stands for it; null when nothing was recorded. */
  readonly run: string | null;
  readonly failure: { readonly code: string } | null;
}

/** Compares the comparable runs of a batch with their goldens. */
export function batchGoldens(runs: readonly EndedRun[], options: BatchGoldensOptions): Promise<GoldenReport> {
  const { tree, store, registry, files, whole, ...rest } = options;
  return goldenChecks({
    ...rest,
    tree,
    compare: goldenComparer(store),
    subjects: subjectsOf(runs, options),
    references: whole ? { directories: askedFor(tree, registry), manifests: files } : null,
  });
}

function subjectsOf(
  runs: readonly EndedRun[],
  { tree, store, registry }: BatchGoldensOptions,
): GoldenSubject[] {
  return runs.flatMap(({ name, scenario: id, ok, run, failure }) => {
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
