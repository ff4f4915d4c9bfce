import { availableParallelism } from 'node:os';
import { AetherError } from '../../../base/errors.js';
import type { DocumentFiles } from '../../../base/ports.js';
import type { NamePattern } from '../../../batch/expand/select.js';
import { planBatch, type PlanOptions } from '../../../batch/plan/plan.js';
import { type BatchPlan } from '../../../batch/plan/batch-plan.js';
import { DEFAULT_BUDGET, type RunBudget } from '../../../batch/plan/budget.js';
import { batchReport, type BatchReport } from '../../../batch/report/batch-report.js';
import { sideOfReport } from '../../../batch/report/report-side.js';
import { goldenFindings } from '../../../batch/report/golden-findings.js';
import { goldenLines } from '../../../batch/report/golden-lines.js';
import { countText } from '../../../batch/report/units.js';
import { judgeGoldens, type GoldenPlan, type JudgedGoldens } from '../../../batch/verdict/judge-goldens.js';
import type { Problem } from '../../../base/problem.js';
import { mergeProblems, type Override, type ScenarioRegistry } from '../../../config/index.js';
import { MAX_JOBS } from '../../../config/schemas/project.js';
import { askedElsewhere, describeVerdict, lastDisagreed, sharedGoldens } from '../../../golden/index.js';
import { diffBatches, type BatchSide } from '../../../inspect/batch-diff/index.js';
import { systemClock } from '../../../platform/clock.js';
import { nodeDocumentFiles } from '../../../platform/document-files.js';
import type { ArtefactStore } from '../../../store/port.js';
import { batchReporters, type BatchReporters } from './batch-reporters.js';
import { batchSide, latestOf } from '../../batch/batch-side.js';
import { endOf } from '../../batch/end-of-batch.js';
import { claimReports, clearOldReports } from '../../batch/claim-reports.js';
import { readReport, reportFile } from '../../batch/read-report.js';
import { checkOutputs, isDocumentOut, makeOutput } from '../../batch/report-outputs.js';
import { checkShard, shardOf } from './shard-of.js';
import { showPlan } from './show-plan.js';
import { writeReports } from '../../batch/write-reports.js';
import type { BatchArguments } from './options.js';
import type { CommandContext } from '../../command-context.js';
import { InvalidDocuments, UsageError } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { batchDiffLines } from '../../inspect/batch-diff-lines.js';
import { endAtOnce, Interruption } from '../../interruption.js';
import type { Input } from '../../output/claim.js';
import { isNamed } from '../../scenarios/manifest-files.js';
import { loadScenarios } from '../../scenarios/load-scenarios.js';
import { goldenTree } from '../../golden/golden-context.js';
import { goldenReportJson, goldenReportLines } from '../../golden/golden-report.js';
import { judgeName } from '../../golden/judge-name.js';
import { checkUpdateMode } from './check-update-mode.js';
import { isCI } from '../../is-ci.js';
import { openForPlan, openForWriting } from '../../open-store.js';
import { namePattern } from '../../name-pattern.js';
import { parseOverrides } from '../../scenarios/parse-overrides.js';
import { executePlan, type ExecutedPlan } from '../../batch/execute-plan.js';
import { setLabels } from '../../remarks/add-remark.js';
import { executorFor } from '../../worker/executor-for.js';
import { logPlaces } from '../../worker/log-destination.js';

/** Plans and, unless only the plan is requested, runs. Returns the exit code. */
export async function runBatchCommand(args: BatchArguments, context: CommandContext): Promise<ExitCode> {
  const interruption = new Interruption(() => {
    context.terminal.err('interrupted before any run started\n');
    endAtOnce();
  });
  try {
    return await planAndRun(args, context, { interruption });
  } finally {
    interruption.end();
  }
}

/** Environment of a call of the batch. */
export interface BatchAround {
  readonly interruption: Interruption;
  /** Reads the documents; absent: from disk. */
  readonly files?: DocumentFiles;
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
  { interruption, files: reader, made }: BatchAround,
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
  const store = await openForWriting(args.store, context);
  try {
    return await execute(plan, files, { args, context, store, registry, interruption, made });
  } finally {
    await store.close();
  }
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
  const store = await openForPlan(args.store, context);
  try {
    const plan = await planBatch({
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
    });
    const shared = await sharedProblems(args, loaded.registry);
    if (!plan.ok || shared.length > 0) {
      throw new InvalidDocuments(mergeProblems([plan.ok ? [] : plan.problems, shared]));
    }
    const { shard } = args;
    return shard === undefined ? plan.value : await shardOf(plan.value, shard, { durations, store });
  } finally {
    await store.close();
  }
}

/** Runs whose goldens would overwrite each other. */
async function sharedProblems(args: BatchArguments, registry: ScenarioRegistry): Promise<readonly Problem[]> {
  if (args.golden === false || registry.scenarios.every(({ goldens }) => goldens.length === 0)) return [];
  return sharedGoldens(goldenTree(args.golden), registry);
}

function disagreedOf(args: BatchArguments): PlanOptions['disagreed'] {
  if (args['last-failed'] !== true || args.golden === false) return undefined;
  return lastDisagreed(goldenTree(args.golden), { overridden: isOverridden(args) });
}

interface Execution {
  readonly args: BatchArguments;
  readonly context: CommandContext;
  readonly store: ArtefactStore;
  readonly registry: ScenarioRegistry;
  readonly interruption: Interruption;
  readonly made: BatchAround['made'];
}

async function execute(plan: BatchPlan, files: readonly string[], execution: Execution): Promise<ExitCode> {
  const { args, context, store, interruption, made } = execution;
  const before = await earlierBatch(plan, files, execution);
  // Loaded before any run, like the code that judges goldens.
  const sweeps = args.reporter?.includes('html') === true ? await import('./sweep-sections.js') : undefined;
  const toRun = plan.runs.filter((run) => run.action === 'run').length;
  const executor = await executorFor({
    jobs: Math.min(jobsOf(args), toRun),
    memory_mb: args['max-memory'] ?? null,
    logs: logPlaces(isDocumentOut(args) ? 'stderr' : 'stdout', args.store),
  });
  const sayFirst = (): void => {
    context.terminal.err('interrupted: writing goldens and reports; interrupt again to exit at once\n');
  };
  const verdict = await interruption.during(sayFirst, async () => {
    let reporters: BatchReporters | undefined;
    const ended = await executePlan(plan, {
      store,
      executor,
      interruption,
      env: context.env,
      files,
      limits: {
        max_failures: args.x === true ? 1 : (args['max-failures'] ?? null),
        global_timeout_ms: args['global-timeout'] ?? null,
      },
      judge: async (runs) => judgeGoldens(runs, await goldenPlan(args, files, execution)),
      watch: async (running) => (reporters = await batchReporters(args, context, running)),
    });
    made?.(ended.summary.batch);
    const findings = showGoldens(ended, args, context);
    const report = batchReport(plan, ended, findings);
    const warn = (message: string): void => {
      context.terminal.err(`warning: ${message}\n`);
    };
    const sections = (await sweeps?.sweepSections(store, report, warn)) ?? [];
    await writeReports(await compared(report, before, execution), args, context, sections);
    const runs = ended.outcomes.flatMap(({ run }) => run ?? []);
    if (ended.verdict.store_error === null)
      await setLabels(store, { runs, labels: args.label ?? {}, by: args.by }, context);
    if (reporters?.failure !== undefined) throw reporters.failure;
    throwBug(ended.goldens);
    return ended.verdict;
  });
  const code = endOf(verdict);
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
  const before = ref === 'latest' ? await latestOf(store, files, names) : await batchSide(store, ref);
  if (before === undefined) context.terminal.err('no recorded batch of these runs to compare with\n');
  // A shard cannot determine which runs are gone.
  if (before === undefined || (isWhole(args) && plan.shard === undefined)) return before;
  return { ...before, runs: before.runs.filter(({ name }) => names.has(name)) };
}

/** The report with its comparison, which is also printed. */
async function compared(
  report: BatchReport,
  before: BatchSide | undefined,
  { args, context: { terminal }, store }: Execution,
): Promise<BatchReport> {
  if (before === undefined) return report;
  const comparison = await diffBatches(store, before, sideOfReport(report));
  const isDocument = isDocumentOut(args);
  const colors = isDocument ? terminal.errColors : terminal.outColors;
  (isDocument ? terminal.err : terminal.out)(`\n${batchDiffLines(comparison, colors).join('\n')}\n`);
  return { ...report, comparison };
}

/** A bug in the comparison of goldens is thrown after everything else is recorded and reported. */
function throwBug({ error }: JudgedGoldens): void {
  if (error !== undefined && !(error instanceof AetherError)) throw error;
}

/**
 * How the goldens of this call are judged. Its code is loaded at the start: after the runs there may be no
 * file descriptor left to load it.
 */
async function goldenPlan(
  args: BatchArguments,
  files: readonly string[],
  { context: { env }, store, registry }: Execution,
): Promise<GoldenPlan> {
  if (args.golden === false) return { off: '--no-golden', registry };
  const update = checkUpdateMode(args, env);
  const tree = goldenTree(args.golden);
  return {
    tree,
    store,
    registry,
    files,
    elsewhere: askedElsewhere(tree, nodeDocumentFiles),
    whole: isWhole(args),
    update,
    read_only: isCI(env),
    overridden: isOverridden(args),
    by: update === 'none' ? null : await judgeName(args.by, env),
    why: args.reason ?? `updated by aether-batch -u ${update}`,
    clock: systemClock,
  };
}

/** Prints the result of judging the goldens; returns the findings for the reports. */
function showGoldens(
  { goldens: { report, counts } }: ExecutedPlan,
  args: BatchArguments,
  { terminal, env }: CommandContext,
): BatchReport['goldens'] {
  const isDocument = isDocumentOut(args);
  const colors = isDocument ? terminal.errColors : terminal.outColors;
  const show = (lines: readonly string[]): void => {
    if (lines.length > 0) (isDocument ? terminal.err : terminal.out)(`${lines.join('\n')}\n`);
  };
  if (report === null) {
    show(goldenLines(null, counts, colors));
    return null;
  }
  show(goldenReportLines(report, isCI(env), colors));
  return { ...goldenReportJson(report), ...goldenFindings(report, describeVerdict) };
}

/** True if everything was selected: only then obsolete goldens can be determined. */
function isWhole(args: BatchArguments): boolean {
  return args.grep === undefined && (args.tag ?? []).length === 0 && args['last-failed'] !== true;
}

function isOverridden(args: BatchArguments): boolean {
  return (args.set ?? []).length > 0;
}

function budgetOf(args: BatchArguments): RunBudget {
  const memory = args['max-memory'];
  return {
    work: args['max-work'] ?? DEFAULT_BUDGET.work,
    bytes: args['max-bytes'] ?? DEFAULT_BUDGET.bytes,
    memory_bytes: memory === undefined ? DEFAULT_BUDGET.memory_bytes : memory * 2 ** 20,
  };
}

function jobsOf(args: BatchArguments): number {
  const jobs = args.jobs ?? availableParallelism();
  if (jobs > MAX_JOBS) throw new UsageError(`--jobs must be at most ${String(MAX_JOBS)}`);
  return jobs;
}
