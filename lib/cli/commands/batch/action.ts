import { AetherError } from '../../../base/errors.js';
import type { DocumentFiles } from '../../../base/ports.js';
import type { NamePattern } from '../../../batch/expand/select.js';
import type { Executor } from '../../../execution/executor.js';
import { prepareBatch, reportBatch, runBatch } from '../../../batch/pipeline.js';
import { type BatchPlan } from '../../../batch/plan/batch-plan.js';
import { DEFAULT_BUDGET, type RunBudget } from '../../../batch/plan/budget.js';
import type { BatchReport } from '../../../batch/report/batch-report.js';
import { countText } from '../../../base/quantity.js';
import { judgeGoldens, type JudgedGoldens } from '../../../batch/verdict/judge-goldens.js';
import type { Override, ScenarioRegistry } from '../../../config/index.js';
import { latestBatchOf, type BatchSide } from '../../../inspect/batch-diff/index.js';
import { STORE_FORMATS, type StoreFormat } from '../../../store/layout.js';
import type { ArtefactStore } from '../../../store/port.js';
import { batchReporters, type BatchReporters } from './progress-reporters.js';
import { batchSide } from '../../batch/batch-side.js';
import { batchExitCode } from '../../batch/batch-exit-code.js';
import { claimReports, clearOldReports } from '../../batch/claim-reports.js';
import { onThisMachine } from '../../batch/on-this-machine.js';
import { readReport, reportFile } from '../../batch/read-report.js';
import { checkOutputs, makeOutput } from '../../batch/report-outputs.js';
import { disagreedOf, goldenPlan, isWhole } from './golden-plan.js';
import { showPlan } from './show-plan.js';
import { showComparison, showGoldens } from './show-result.js';
import { writeReports } from '../../batch/write-reports.js';
import type { BatchArguments } from './options.js';
import type { CommandContext } from '../../command-context.js';
import { InvalidDocuments } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { endAtOnce, Interruption } from '../../interruption.js';
import type { Input } from '../../output/claim.js';
import { isNamed } from '../../scenarios/manifest-files.js';
import { loadScenarios } from '../../scenarios/load-scenarios.js';
import { goldenTree } from '../../golden/golden-context.js';
import { checkShard, checkUpdateMode } from './check-call.js';
import { jobsOf, workersFor } from './workers.js';
import { openForPlan, openForWriting, withStore } from '../../open-store.js';
import { namePattern } from '../../name-pattern.js';
import { parseOverrides } from '../../scenarios/parse-overrides.js';
import { setLabels } from '../../remarks/add-remark.js';

/** A store that begins with as many runs has segments. */
const MANY_RUNS = 1000;

/**
 * Plans and, unless only the plan is requested, runs. Returns the exit code.
 *
 * @param workers threads that are started already; closed here
 */
export async function runBatchCommand(
  args: BatchArguments,
  context: CommandContext,
  workers: Executor | undefined,
): Promise<ExitCode> {
  const interruption = new Interruption(() => {
    context.terminal.err('interrupted before any run started\n');
    endAtOnce();
  });
  try {
    return await planAndRun(args, context, { interruption, workers });
  } finally {
    interruption.end();
    await workers?.close();
  }
}

/** Environment of a call of the batch. */
export interface BatchAround {
  readonly interruption: Interruption;
  /** Reads the documents; absent: from disk. */
  readonly files?: DocumentFiles;
  /** Threads that are started already; the caller closes them. */
  readonly workers?: Executor | undefined;
  /** Called with the id of the batch when it has ended. */
  readonly made?: (batch: string) => void;
}

/**
 * Plans and, unless only the plan is requested, runs, with the interruption of the caller. Returns the exit
 * code.
 */
export async function planAndRun(
  args: BatchArguments,
  context: CommandContext,
  { interruption, files: reader, workers, made }: BatchAround,
): Promise<ExitCode> {
  const { globs = [], manifests = [] } = args;
  const overrides = parseOverrides(args.set ?? []);
  checkUpdateMode(args, context.env);
  checkShard(args);
  checkOutputs(args);
  const grep = args.grep === undefined ? null : await namePattern('--grep', args.grep);
  const { durations } = args;
  const isPlanOnly = args['dry-run'] === true || args.list === true;
  const given = durations === undefined ? undefined : readReport(durations);
  if (!isPlanOnly) {
    claimReports(args, { store: args.store, inputs: readReports(args) });
    clearOldReports(args.output);
  }
  const { registry, files } = await loadScenarios([...manifests, ...globs], { ...args, reader });
  const plan = await planOf(args, { registry, overrides, grep, durations: given }, context);
  // A shard may be empty; merging still needs its report.
  if (plan.runs.length === 0 && (plan.shard?.total ?? 0) === 0) {
    context.terminal.err(`${nothingSelected(args, registry)}\n`);
    return EXIT.nothing;
  }
  if (isPlanOnly) {
    await showPlan(plan, args, { terminal: context.terminal, jobs: jobsOf(args) });
    return EXIT.ok;
  }
  makeOutput(args);
  return withStore(openForWriting(args.store, context, { format: formatFor(plan) }), (store) =>
    execute(plan, files, { args, context, store, registry, interruption, workers, made }),
  );
}

/** Format of the store if it is missing: the files of many small runs are combined. */
function formatFor({ runs }: BatchPlan): StoreFormat {
  return runs.length < MANY_RUNS ? STORE_FORMATS.plain : STORE_FORMATS.segmented;
}

/** Reports that the call reads, so that its own do not replace them. */
function readReports(args: BatchArguments): readonly Input[] {
  const options = ['durations', 'compare-to'] as const;
  return options.flatMap((option) => {
    const path = args[option];
    return path === undefined || !isNamed(path) ? [] : [{ named: `--${option}`, path: reportFile(path) }];
  });
}

/** Why nothing is selected, with a hint. */
function nothingSelected(args: BatchArguments, { scenarios }: ScenarioRegistry): string {
  if (args['last-failed'] === true) {
    return 'nothing is selected: no selected run failed last time or differs from its golden';
  }
  return `nothing is selected, of ${countText(scenarios.length)} scenarios`;
}

interface Loaded {
  readonly grep: NamePattern | null;
  readonly registry: ScenarioRegistry;
  readonly overrides: readonly Override[];
  /** The report of --durations. */
  readonly durations: BatchReport | undefined;
}

/**
 * Plans on a store opened for reading: if documents are invalid, the store is unchanged, or still missing.
 */
async function planOf(
  args: BatchArguments,
  { durations, grep, ...loaded }: Loaded,
  context: CommandContext,
): Promise<BatchPlan> {
  return withStore(openForPlan(args.store, context), async (store) => {
    const plan = await prepareBatch({
      ...loaded,
      store,
      selection: { grep, tags: args.tag ?? [], scenarios: [] },
      force: args.force ?? false,
      last_failed: args['last-failed'] ?? false,
      disagreed: disagreedOf(args),
      repeat_each: args['repeat-each'] ?? null,
      timeout_ms: args.timeout ?? null,
      retries: args.retries ?? null,
      budget: budgetOf(args),
      goldens: args.golden === false ? null : goldenTree(args.golden),
      shard: args.shard ?? null,
      durations,
    });
    if (!plan.ok) throw new InvalidDocuments(plan.problems);
    return plan.value;
  });
}

interface Execution {
  readonly args: BatchArguments;
  readonly context: CommandContext;
  readonly store: ArtefactStore;
  readonly registry: ScenarioRegistry;
  readonly interruption: Interruption;
  readonly workers: BatchAround['workers'];
  readonly made: BatchAround['made'];
}

async function execute(plan: BatchPlan, files: readonly string[], execution: Execution): Promise<ExitCode> {
  const { args, context, store, registry, interruption, workers, made } = execution;
  const before = await earlierBatch(plan, files, execution);
  // Loaded before any run, like the code that judges goldens.
  const sweeps = args.reporter?.includes('html') === true ? await import('./sweep-sections.js') : undefined;
  const toRun = plan.runs.filter((run) => run.action === 'run').length;
  const executor = workers ?? (await workersFor(args, toRun));
  const sayFirst = (): void => {
    context.terminal.err('interrupted: writing goldens and reports; interrupt again to exit at once\n');
  };
  const verdict = await interruption.during(sayFirst, async () => {
    let reporters: BatchReporters | undefined;
    const ended = await runBatch(plan, {
      around: onThisMachine(store, executor, context.env),
      limits: {
        max_failures: args.x === true ? 1 : (args['max-failures'] ?? null),
        global_timeout_ms: args['global-timeout'] ?? null,
      },
      manifests: files,
      interruption,
      judge: async (runs) =>
        judgeGoldens(runs, await goldenPlan(args, context.env, { store, registry, files })),
      watch: async (running) => (reporters = await batchReporters(args, context, running)),
    });
    made?.(ended.summary.batch);
    showGoldens(ended, args, context);
    const report = await reportBatch(plan, ended, { store, before });
    const warn = (message: string): void => {
      context.terminal.err(`warning: ${message}\n`);
    };
    const sections = (await sweeps?.sweepSections(store, report, warn)) ?? [];
    showComparison(report, args, context);
    await writeReports(report, args, context, sections);
    const runs = ended.outcomes.flatMap(({ run }) => run ?? []);
    if (ended.verdict.store_error === null)
      await setLabels(store, { runs, labels: args.label ?? {}, by: args.by }, context);
    if (reporters?.failure !== undefined) throw reporters.failure;
    throwBug(ended.goldens);
    return ended.verdict;
  });
  const code = batchExitCode(verdict);
  // A signal after the verdict does not change it, but the exit code must stop the caller.
  return code === EXIT.store || !interruption.came ? code : EXIT.interrupted;
}

/** The batch to compare with, found before any run. */
async function earlierBatch(
  plan: BatchPlan,
  files: readonly string[],
  { args, store, context }: Execution,
): Promise<BatchSide | undefined> {
  const ref = args['compare-to'];
  if (ref === undefined) return undefined;
  const names = new Set(plan.runs.map(({ name }) => name));
  const before = ref === 'latest' ? await latestBatchOf(store, files, names) : await batchSide(store, ref);
  if (before === undefined) {
    context.terminal.err(
      'nothing to compare with: no recorded batch of the same manifests has half of these runs; ' +
        '--compare-to <batch id> takes any\n',
    );
  }
  // A shard cannot determine which runs are gone.
  if (before === undefined || (isWhole(args) && plan.shard === undefined)) return before;
  return { ...before, runs: before.runs.filter(({ name }) => names.has(name)) };
}

/** A bug in the comparison of goldens is thrown after everything else is recorded and reported. */
function throwBug({ error }: JudgedGoldens): void {
  if (error !== undefined && !(error instanceof AetherError)) throw error;
}

function budgetOf(args: BatchArguments): RunBudget {
  const memory = args['max-memory'];
  return {
    work: args['max-work'] ?? DEFAULT_BUDGET.work,
    bytes: args['max-bytes'] ?? DEFAULT_BUDGET.bytes,
    memory_bytes: memory === undefined ? DEFAULT_BUDGET.memory_bytes : memory * 2 ** 20,
  };
}
