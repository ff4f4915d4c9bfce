import { availableParallelism } from 'node:os';
import { planBatch, type BatchPlan } from '../batch/plan.js';
import { planReport } from '../batch/report/plan-report.js';
import { countText } from '../batch/report/units.js';
import type { Override, ScenarioRegistry } from '../config/index.js';
import type { ArtefactStore } from '../store/port.js';
import { batchReporters } from './batch-reporters.js';
import { batchJson, planJson } from './batch-json.js';
import type { BatchArguments } from './commands/batch.js';
import type { CommandContext } from './command-context.js';
import { InvalidDocuments, UsageError } from './command-error.js';
import { EXIT, exitCodeOf, type ExitCode } from './exit-codes.js';
import { loadScenarios } from './load-scenarios.js';
import { openForWriting, openIfThere } from './open-store.js';
import { parseOverrides } from './parse-overrides.js';
import { executePlan } from './execute-plan.js';
import { executorFor } from './executor-for.js';
import type { BatchResult } from '../batch/batch.js';

/** Plans and, unless only asked for the plan, runs. Returns the exit code. */
export async function runBatchCommand(args: BatchArguments, context: CommandContext): Promise<ExitCode> {
  const { globs = [], manifests = [] } = args;
  const overrides = parseOverrides(args.set ?? []);
  const { registry, files } = await loadScenarios([...manifests, ...globs], args.profile);
  const writes = args['dry-run'] !== true && args.list !== true;
  const store = await (writes ? openForWriting(args.store, context) : openIfThere(args.store));
  try {
    const plan = await planOf(args, { registry, overrides, store });
    if (plan.runs.length === 0) {
      context.terminal.err(`nothing is selected, of ${countText(registry.scenarios.length)} scenarios\n`);
      return EXIT.nothing;
    }
    if (!writes) return showPlan(plan, args, context);
    return await execute(plan, files, { args, context, store });
  } finally {
    await store.close();
  }
}

interface Loaded {
  readonly registry: ScenarioRegistry;
  readonly overrides: readonly Override[];
  readonly store: ArtefactStore;
}

async function planOf(args: BatchArguments, loaded: Loaded): Promise<BatchPlan> {
  const plan = await planBatch({
    ...loaded,
    selection: { grep: args.grep ?? null, tags: args.tag ?? [], scenarios: [] },
    force: args.force ?? false,
    last_failed: args['last-failed'] ?? false,
    repeat_each: args['repeat-each'] ?? null,
    timeout_ms: args.timeout ?? null,
    retries: args.retries ?? null,
  });
  if (!plan.ok) throw new InvalidDocuments(plan.problems);
  return plan.value;
}

function showPlan(plan: BatchPlan, args: BatchArguments, { terminal }: CommandContext): ExitCode {
  if (args.list === true) terminal.out(plan.runs.map((run) => `${run.name}\n`).join(''));
  else if (args.json === true) terminal.out(`${JSON.stringify(planJson(plan))}\n`);
  else terminal.out(`${planReport(plan, jobsOf(args))}\n`);
  return EXIT.ok;
}

interface Execution {
  readonly args: BatchArguments;
  readonly context: CommandContext;
  readonly store: ArtefactStore;
}

async function execute(plan: BatchPlan, files: readonly string[], execution: Execution): Promise<ExitCode> {
  const { args, context, store } = execution;
  const toRun = plan.runs.filter((run) => run.action === 'run').length;
  const isDocument = args.json === true || args.reporter?.includes('json') === true;
  const executor = await executorFor({
    jobs: Math.min(jobsOf(args), toRun),
    memory_mb: args['max-memory'] ?? null,
    logs: isDocument ? 'stderr' : 'stdout',
  });
  const result = await executePlan(plan, {
    store,
    executor,
    env: context.env,
    files,
    limits: {
      max_failures: args.x === true ? 1 : (args['max-failures'] ?? null),
      global_timeout_ms: args['global-timeout'] ?? null,
    },
    watch: (running) => batchReporters(args, context, running),
  });
  if (args.json === true) context.terminal.out(`${JSON.stringify(batchJson(result))}\n`);
  return exitCode(result);
}

/** The most pressing thing decides: an unusable store, then an interruption, then failures. */
function exitCode({ summary }: BatchResult): ExitCode {
  if (summary.store_error !== null) return exitCodeOf(summary.store_error);
  if (summary.stopped_by === 'interrupted') return EXIT.interrupted;
  const isComplete = summary.failed === 0 && summary.not_started === 0 && summary.cancelled === 0;
  return isComplete ? EXIT.ok : EXIT.failed;
}

function jobsOf(args: BatchArguments): number {
  const jobs = args.jobs ?? availableParallelism();
  if (jobs > MAX_JOBS) throw new UsageError(`--jobs wants at most ${String(MAX_JOBS)}`);
  return jobs;
}

/** Each job is a thread. */
const MAX_JOBS = 256;
