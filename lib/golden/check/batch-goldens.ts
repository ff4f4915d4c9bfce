import type { RunId } from '../../base/run-id.js';
import type { ScenarioList } from '../../config/index.js';
import type { ArtefactStore } from '../../store/port.js';
import {
  goldenChecks,
  type GoldenChecksOptions,
  type GoldenReport,
  type GoldenSubject,
} from './golden-checks.js';
import type { GoldenComparer } from '../compare/golden-difference.js';
import { goldenDirectory } from '../places/golden-directory.js';
import type { NotJudged } from './not-judged.js';
import { projectReferences, type AskedElsewhere } from '../places/project-references.js';
import { capturedRun, goldenComparer } from '../compare/golden-comparer.js';

/** Options for comparing the runs of a batch with their goldens. */
export interface BatchGoldensOptions extends Omit<
  GoldenChecksOptions,
  'compare' | 'subjects' | 'references'
> {
  readonly store: ArtefactStore;
  readonly registry: ScenarioList;
  /** The manifests as given by the user. */
  readonly files: readonly string[];
  /** Searches further manifests of the project before a golden is reported as obsolete. */
  readonly elsewhere: AskedElsewhere;
  /** Finds the difference of a run from its golden; absent: in this process. */
  readonly compare?: GoldenComparer;
  /**
   * True if every run of the manifests was selected: only then it is known which goldens are not requested.
   */
  readonly whole: boolean;
}

/** Fields of a run of a batch that the comparison needs. */
export interface EndedRun {
  readonly name: string;
  readonly scenario: string;
  readonly state: string;
  readonly ok: boolean;
  /** Id of the run record with the result; null if nothing was recorded. */
  readonly run: RunId | null;
  readonly failure: { readonly code: string } | null;
}

/** Compares the comparable runs of a batch with their goldens; the others are reported as not judged. */
export async function batchGoldens(
  runs: readonly EndedRun[],
  options: BatchGoldensOptions,
): Promise<GoldenReport> {
  const { tree, store, registry, files, elsewhere, whole, compare, ...rest } = options;
  const wanted = runs.filter((run) => wantsGolden(registry, run));
  const report = await goldenChecks({
    ...rest,
    tree,
    compare: compare ?? goldenComparer(store),
    subjects: wanted.filter(isComparable).flatMap((run) => subjectOf(run, options)),
    references: whole ? await projectReferences(tree, registry, files, elsewhere) : null,
  });
  const incomparable = wanted.filter((run) => !isComparable(run)).map(incomparableRun);
  return {
    ...report,
    not_judged: [...report.not_judged, ...incomparable],
    ok: report.ok && incomparable.length === 0,
  };
}

/** The report if the comparison itself fails: no golden was judged. */
export function brokenGoldens(
  runs: readonly EndedRun[],
  registry: ScenarioList,
  error: unknown,
): GoldenReport {
  const reason = `the comparison failed: ${error instanceof Error ? error.message : String(error)}`;
  const not_judged = runs
    .filter((run) => wantsGolden(registry, run))
    .map((run): NotJudged => {
      return isComparable(run) ? { name: run.name, because: 'check_failed', reason } : incomparableRun(run);
    });
  const isSaid = not_judged.some(({ because }) => because === 'check_failed');
  const whole: NotJudged[] = isSaid ? [] : [{ name: 'goldens', because: 'check_failed', reason }];
  return {
    results: [],
    not_judged: [...not_judged, ...whole],
    obsolete: [],
    removed: [],
    notes: [],
    ok: false,
  };
}

/** True if the manifests request a golden of a run. */
export function wantsGolden(registry: ScenarioList, { scenario }: Pick<EndedRun, 'scenario'>): boolean {
  return (registry.get(scenario)?.golden ?? false) !== false;
}

/**
 * A result that differs from an earlier one of the same inputs is comparable: judging it is the purpose of
 * goldens.
 */
function isComparable({ ok, run, failure }: EndedRun): boolean {
  return (ok || failure?.code === 'RESULTS_DISAGREE') && run !== null;
}

function incomparableRun({ name, state, failure }: EndedRun): NotJudged {
  if (state === 'cancelled') return { name, because: 'run_left', reason: 'its run was stopped' };
  if (state === 'not_started') return { name, because: 'run_left', reason: 'its run was not started' };
  const code = failure === null ? '' : ` (${failure.code})`;
  return { name, because: 'run_failed', reason: `its run failed${code}` };
}

function subjectOf(
  { name, scenario: id, run }: EndedRun,
  { tree, store, registry }: BatchGoldensOptions,
): GoldenSubject[] {
  const scenario = registry.get(id);
  const directory = scenario === undefined ? undefined : goldenDirectory(tree, scenario, name);
  if (scenario === undefined || directory === undefined || run === null) return [];
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
}
