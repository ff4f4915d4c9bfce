import { scenarioOfName } from '../../../base/run-name.js';
import type { BatchResult } from '../../../batch/batch.js';
import { goldensNotCompared } from '../../../batch/verdict/judge-goldens.js';
import { planBatch, runBatch } from '../../../batch/pipeline.js';
import { AS_WRITTEN } from '../../../batch/plan/plan.js';
import { type BatchPlan } from '../../../batch/plan/batch-plan.js';
import type { SupervisedRun } from '../../../execution/supervised-run.js';
import { LiveReporter } from '../../../batch/report/live-reporter.js';
import type { Reporter } from '../../../batch/report/reporter.js';
import { failureLines } from '../../../batch/report/failure-lines.js';
import { verdictLines } from '../../../batch/report/verdict-lines.js';
import type { DocumentFiles } from '../../../base/ports.js';
import type { Override, ScenarioRegistry } from '../../../config/index.js';
import { diffBatches, sideOfRecord } from '../../../inspect/batch-diff/index.js';
import { systemClock } from '../../../platform/clock.js';
import type { ArtefactStore } from '../../../store/port.js';
import type { CommandContext } from '../../command-context.js';
import { InvalidDocuments, NotFound, UsageError } from '../../command-error.js';
import type { RunArguments } from './options.js';
import { NO_LIMITS, onThisMachine, UNWATCHED } from '../../batch/on-this-machine.js';
import { inProcess } from '../../worker/executor-for.js';
import { logPlaces } from '../../worker/log-destination.js';
import { type ExitCode } from '../../exit-codes.js';
import { batchExitCode } from '../../batch/batch-exit-code.js';
import { endAtOnce, Interruption } from '../../interruption.js';
import { liveArea } from '../../live-area.js';
import { loadScenarios, type LoadedScenarios } from '../../scenarios/load-scenarios.js';
import { isNamed } from '../../scenarios/manifest-files.js';
import { openForWriting, openIfThere, withStore } from '../../open-store.js';
import { parseOverrides } from '../../scenarios/parse-overrides.js';
import { setLabels } from '../../remarks/add-remark.js';
import { batchDiffLines } from '../../inspect/batch-diff-lines.js';
import { runJson, runReport } from '../../inspect/run-report.js';

/** Executes one run, or finds it cached, and shows the record. Returns the exit code. */
export async function runOne(args: RunArguments, context: CommandContext): Promise<ExitCode> {
  const interruption = new Interruption(endAtOnce);
  try {
    return await planAndRunOne(args, context, { interruption });
  } finally {
    interruption.end();
  }
}

/** Environment of a call of the command. */
export interface RunAround {
  readonly interruption: Interruption;
  /** Reads the documents; absent: from disk. */
  readonly files?: DocumentFiles;
  /** The batch to compare the result with. */
  readonly before?: string | undefined;
  /** Called with the id of the batch when it has ended. */
  readonly made?: (batch: string) => void;
}

/** The same with the interruption of the caller. */
export async function planAndRunOne(
  args: RunArguments,
  context: CommandContext,
  { interruption, files: reader, before, made }: RunAround,
): Promise<ExitCode> {
  const overrides = parseOverrides(args.set ?? []);
  const { registry, files, scenario } = await scenariosFor(args, reader);
  const plan = await planOne(args, { registry, overrides, scenario }, context);
  const run = onlyRun(plan, args.scenario);
  return withStore(openForWriting(args.store, context), async (store) => {
    // A signal after the end of the run has nothing left to stop.
    return interruption.during(
      () => undefined,
      async () => {
        const end = await executeOne(run, args, { context, store, files, interruption });
        const runs = end.outcomes.flatMap(({ run: id }) => id ?? []);
        if (end.verdict.store_error === null)
          await setLabels(store, { runs, labels: args.label ?? {} }, context);
        made?.(end.summary.batch);
        const code = await show(end, args, { context, store });
        if (before !== undefined) await showChange(store, [before, end.summary.batch], context);
        return code;
      },
    );
  });
}

interface Planned {
  readonly registry: ScenarioRegistry;
  readonly overrides: readonly Override[];
  readonly scenario: string;
}

/**
 * Plans on a store opened for reading: if documents are invalid, the store is unchanged, or still missing.
 */
async function planOne(
  args: RunArguments,
  { scenario, ...documents }: Planned,
  context: CommandContext,
): Promise<BatchPlan> {
  const store = await openIfThere(args.store, context);
  const plan = await planBatch({
    ...AS_WRITTEN,
    ...documents,
    store,
    selection: { grep: null, tags: [], scenarios: [scenario] },
    force: args.force ?? false,
  }).finally(() => store.close());
  if (!plan.ok) throw new InvalidDocuments(plan.problems);
  return plan.value;
}

/**
 * A file is a separate document; anything else is a scenario of the loaded manifests, or one of its cells.
 */
async function scenariosFor(
  args: RunArguments,
  files: DocumentFiles | undefined,
): Promise<LoadedScenarios & { readonly scenario: string }> {
  if (isNamed(args.scenario)) {
    const loaded = await loadScenarios([args.scenario], { ...args, reader: files });
    const [first, second] = loaded.registry.scenarios;
    if (first !== undefined && second === undefined) return { ...loaded, scenario: first.id };
    const known = loaded.registry.scenarios.map(({ id }) => id).join(', ');
    throw new UsageError(
      `${args.scenario} holds several scenarios: ${known}`,
      'name one, and the file with --manifests',
    );
  }
  const loaded = await loadScenarios(args.manifests ?? [], { ...args, reader: files });
  const scenario = scenarioOfName(args.scenario);
  if (loaded.registry.get(scenario) !== undefined) return { ...loaded, scenario };
  throw unknownScenario(loaded.registry, args.scenario);
}

function unknownScenario(registry: ScenarioRegistry, name: string): NotFound {
  return new NotFound(`there is no scenario ${name}`, registry.nearest(name));
}

/** Maximum of listed names of a sweep. */
const SHOWN_CELLS = 5;

function onlyRun(plan: BatchPlan, reference: string): BatchPlan {
  const named = plan.runs.filter(({ name, plain_name }) => name === reference || plain_name === reference);
  const runs = named.length > 0 ? named : plan.runs;
  if (runs.length === 1 && (named.length === 1 || !reference.includes('['))) return { ...plan, runs };
  const names = plan.runs.slice(0, SHOWN_CELLS).map((run) => run.name);
  if (reference.includes('[')) throw new NotFound(`there is no run ${reference}`, names);
  throw new UsageError(
    `${reference} is a sweep of ${String(plan.runs.length)} runs`,
    `name one, such as '${names[0]!}', or use aether-batch`,
  );
}

interface Around {
  readonly context: CommandContext;
  readonly store: ArtefactStore;
}

interface Executing extends Around {
  readonly files: readonly string[];
  readonly interruption: Interruption;
}

async function executeOne(
  plan: BatchPlan,
  args: RunArguments,
  { context, store, files, interruption }: Executing,
): Promise<BatchResult> {
  const executor = inProcess(logPlaces(args.json === true ? 'stderr' : 'stdout', args.store));
  return runBatch(plan, {
    around: onThisMachine(store, executor, context.env),
    limits: NO_LIMITS,
    manifests: files,
    interruption,
    judge: () => Promise.resolve(goldensNotCompared('aether run does not compare goldens')),
    watch: (running) => progress(args, context, running),
  });
}

/** Shows the progress of the run on a terminal; otherwise only the result is printed. */
async function progress(
  args: RunArguments,
  { terminal }: CommandContext,
  running: () => Iterable<SupervisedRun>,
): Promise<Reporter> {
  if (!terminal.isLive) return UNWATCHED;
  const around = { ...terminal, clock: systemClock, running, store: args.store };
  return new LiveReporter(around, await liveArea(terminal));
}

async function show(
  { outcomes: [outcome], verdict }: BatchResult,
  args: RunArguments,
  { context, store }: Around,
): Promise<ExitCode> {
  const { terminal } = context;
  const { run, ok, state } = outcome!;
  const record = run === null ? undefined : await store.run(run);
  if (record !== undefined) {
    if (args.json === true) terminal.out(`${JSON.stringify(runJson(record))}\n`);
    else terminal.out(`${runReport(record, state === 'cached', terminal.outWidth())}\n`);
  }
  if (!ok) terminal.err(`${failureLines(outcome!, terminal.errColors).join('\n')}\n`);
  else if (!verdict.ok) terminal.err(`${verdictLines(verdict, terminal.errColors).join('\n')}\n`);
  return batchExitCode(verdict);
}

/** Difference of a run from that of the previous batch. */
async function showChange(
  store: ArtefactStore,
  batches: readonly [string, string],
  { terminal }: CommandContext,
): Promise<void> {
  const [a, b] = [await store.batch(batches[0]), await store.batch(batches[1])];
  if (a === undefined || b === undefined) return;
  const diff = await diffBatches(store, sideOfRecord(a), sideOfRecord(b));
  terminal.out(`\n${batchDiffLines(diff, terminal.outColors).join('\n')}\n`);
}
