import { BatchDesk } from './batches/batch-desk.js';
import { DiagnosticsDesk } from './diagnostics/diagnostics-desk.js';
import { diagnosticTasks } from './diagnostics/profiles.js';
import { LogGrowth } from './logs/log-follower.js';
import { LogSources } from './logs/log-source.js';
import { ServiceMetrics } from './metrics.js';
import { Occupancy } from './occupancy.js';
import { HistoryBook } from './runs/history-book.js';
import { recordInterrupted } from './runs/interrupted-runs.js';
import { RunDirectory } from './runs/run-directory.js';
import type { RunHandle } from './runs/run-handle.js';
import { spoolName } from './runs/run-marker.js';
import { planRun } from './runs/run-plan.js';
import { Supervisor } from './runs/supervisor.js';
import { ScenarioCatalogue } from './scenarios/catalogue.js';
import { ScenarioEditor } from './scenarios/edit-scenario.js';
import type { ServiceContext } from './service-context.js';
import type { ServiceOptions } from './service.js';
import { ActiveScenario } from './state/active-scenario.js';
import { BaseGovernance } from './state/base-governance.js';
import { StateDirectory } from './state/state-directory.js';
import { SystemLog } from './system-log.js';
import type { StartRun } from './wire/run-status.js';

/** A context and the ends of what was opened for it. */
export interface BuiltContext {
  readonly context: ServiceContext;
  /** Stops runs, batches and diagnostics; their ends are durable when it resolves. */
  readonly stopWork: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the state, records interrupted runs, and ties the parts of the service together. */
export async function buildContext(options: ServiceOptions): Promise<BuiltContext> {
  const { store, platform, growing, stager } = options;
  const state = await StateDirectory.open(options.state, platform);
  try {
    const log = new SystemLog(platform.clock, options.onLog);
    const interrupted = await recordInterrupted({ state, store, stager, files: growing });
    for (const id of interrupted)
      log.say('WARN', 'run_interrupted', `Run ${id} was under way when the service stopped`, { run_id: id });
    const context = tieTogether(options, { state, log, interrupted: interrupted.at(-1) ?? null });
    const stopWork = async (): Promise<void> => {
      await Promise.all([context.diagnostics.close(), context.batches.close(), context.supervisor.close()]);
    };
    return { context, stopWork, close: () => state.close() };
  } catch (error) {
    await state.close();
    throw error;
  }
}

interface Opened {
  readonly state: StateDirectory;
  readonly log: SystemLog;
  readonly interrupted: string | null;
}

function tieTogether(options: ServiceOptions, { state, log, interrupted }: Opened): ServiceContext {
  const { store, platform, growing, engine, random, max_active, budget, grace_ms } = options;
  const { clock } = platform;
  const catalogue = new ScenarioCatalogue(
    { files: options.manifests, reader: options.documents, platform },
    options.registry,
  );
  const history = new HistoryBook(store, () => clock.now());
  const growth = new LogGrowth(growing);
  const governance = new BaseGovernance(state);
  const onChange = (handle: RunHandle): void => {
    context.stateVersion++;
    noteChange(handle, { log, metrics, history });
    if (handle.isOver) growth.release(state.file('live', spoolName(handle.id)));
  };
  const supervisor = new Supervisor({ ...options, state, clock, engine, onChange });
  const occupancy = new Occupancy(supervisor, max_active);
  const directory = new RunDirectory(supervisor, store);
  const metrics = new ServiceMetrics({
    active: () => supervisor.active.length,
    ticks: () => supervisor.active.reduce((sum, handle) => sum + handle.control.ticksCompleted, 0),
    history: () => history.size,
  });
  const batches = new BatchDesk({
    catalogue,
    store,
    occupancy,
    clock,
    random,
    engine,
    budget,
    grace_ms,
    startExecutor: options.startBatchExecutor,
    log,
    onEnd: () => {
      history.invalidate();
    },
  });
  const startRun = (request: StartRun): Promise<RunHandle> => {
    const plan = planRun(request, { registry: catalogue.fresh(), governance: governance.knobs, budget });
    return supervisor.start(plan, request.paused);
  };
  const checked = (scenario_id: string): Promise<RunHandle> =>
    startRun({ scenario_id, overrides: { logging_enabled: true, metrics_enabled: true } });
  const { goldens, audit } = options;
  const tasks = diagnosticTasks({ catalogue, store, batches, goldens, audit });
  const context: ServiceContext = {
    version: options.version,
    engine,
    clock,
    store,
    catalogue,
    editor: new ScenarioEditor(catalogue, platform),
    active: new ActiveScenario(state),
    governance,
    supervisor,
    occupancy,
    directory,
    history,
    sources: new LogSources({ supervisor, store, state, files: growing }),
    growth,
    streamLimits: (transport) => ({
      stall_ms: options.client_stall_ms,
      onDrop: () => {
        metrics.dropped.inc({ transport });
      },
    }),
    batches,
    diagnostics: new DiagnosticsDesk({ tasks, occupancy, state, clock, random, startRun: checked }),
    goldens,
    metrics,
    log,
    budget,
    interrupted,
    startRun,
    stateVersion: 0,
  };
  return context;
}

function noteChange(
  handle: RunHandle,
  {
    log,
    metrics,
    history,
  }: { readonly log: SystemLog; readonly metrics: ServiceMetrics; readonly history: HistoryBook },
): void {
  const { id, plan, end } = handle;
  if (end === null) {
    log.say('INFO', 'run_started', `Run ${id} of ${plan.name} starts: ${String(plan.ticks_total)} ticks`, {
      run_id: id,
    });
    return;
  }
  history.invalidate();
  metrics.runs.inc({ result: end.state });
  const { fault_reason } = handle.status();
  const level = end.state === 'fault' ? 'ERROR' : 'INFO';
  log.say(
    level,
    'run_ended',
    `Run ${id} ended: ${end.state}${fault_reason === undefined ? '' : `, ${fault_reason}`}`,
    { run_id: id },
  );
}
