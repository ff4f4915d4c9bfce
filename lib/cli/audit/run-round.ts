/**
 * Entry of the process of one audit round: executes the selection as requested and prints the end of each
 * run. A separate process, because time zone, language and node options apply to a whole process.
 */
import { planBatch, runBatch } from '../../batch/pipeline.js';
import { AS_WRITTEN } from '../../batch/plan/plan.js';
import { changedRun, type PlannedRun } from '../../batch/plan/planned-run.js';
import { goldensNotCompared } from '../../batch/verdict/judge-goldens.js';
import { NO_LIMITS, onThisMachine, UNWATCHED } from '../batch/on-this-machine.js';
import { executorFor } from '../worker/executor-for.js';
import { logPlaces } from '../worker/log-destination.js';
import { endAtOnce, Interruption } from '../interruption.js';
import { loadScenarios } from '../scenarios/load-scenarios.js';
import { openForWriting } from '../open-store.js';
import { namePattern } from '../name-pattern.js';
import { parseOverrides } from '../scenarios/parse-overrides.js';
import { processTerminal } from '../terminal.js';
import type { RoundRun } from '../../audit/index.js';
import type { RoundRequest } from './round-processes.js';

async function runRound(request: RoundRequest): Promise<readonly RoundRun[]> {
  const overrides = parseOverrides(request.set);
  const { registry, files } = await loadScenarios(request.globs, {
    profile: request.profile ?? undefined,
    root: request.root ?? undefined,
    store: request.store,
  });
  const context = { terminal: processTerminal(), env: process.env, exit: () => undefined };
  const store = await openForWriting(request.store, context);
  const interruption = new Interruption(endAtOnce);
  try {
    const plan = await planBatch({
      ...AS_WRITTEN,
      registry,
      store,
      overrides,
      selection: {
        grep: request.grep === null ? null : await namePattern('--grep', request.grep),
        tags: request.tags,
        scenarios: [],
      },
      force: true,
      repeat_each: 1,
    });
    if (!plan.ok) throw new Error('the documents are valid in one process and not in another');
    const jobs = request.executor === 'in-process' ? 0 : request.jobs;
    const executor = await executorFor({ jobs, memory_mb: null, logs: logPlaces('stderr', request.store) });
    const ordered = { ...plan.value, runs: reordered(plan.value.runs, request.order) };
    const { outcomes } = await runBatch(ordered, {
      around: onThisMachine(store, executor, process.env),
      limits: NO_LIMITS,
      manifests: files,
      interruption,
      judge: () => Promise.resolve(goldensNotCompared('an audit compares rounds')),
      watch: () => Promise.resolve(UNWATCHED),
    });
    return outcomes.map(({ name, input_key, state, failure, result_digest, run }) => {
      return { name, input_key, state, code: failure?.code ?? null, result_digest, run };
    });
  } finally {
    interruption.end();
    await store.close();
  }
}

/**
 * The scheduler starts the longest predicted run first; predictions in the wanted order enforce that order.
 */
function reordered(runs: readonly PlannedRun[], order: RoundRequest['order']): readonly PlannedRun[] {
  if (order === 'plan') return runs;
  const draw = order === 'shuffled' ? runs.map(() => Math.random()) : runs.map((_, n) => n);
  return runs.map((run, n) => changedRun(run, { forecast: { ...run.forecast, duration_ms: draw[n]! } }));
}

void runRound(JSON.parse(process.argv[2]!) as RoundRequest).then((runs) => {
  process.stdout.write(`${JSON.stringify(runs)}\n`);
});
