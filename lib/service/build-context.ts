import type { RunId } from '../base/run-id.js';
import { newId } from '../execution/new-id.js';
import { inArrivalOrder } from '../store/arrival.js';
import { listBatches } from '../store/batch-index.js';
import type { BatchVerdict } from '../store/batch-verdict.js';
import { BatchSupervisor } from './batches/batch-supervisor.js';
import { DiagnosticsRunner } from './diagnostics/diagnostics-runner.js';
import { diagnosticTasks } from './diagnostics/profiles.js';
import { projectsOf } from './documents/project-documents.js';
import { readHere } from './documents/document-reader.js';
import { answerHere } from './reading/answer-here.js';
import { Connections } from './http/connections.js';
import { LogGrowth } from './logs/log-follower.js';
import { LogSources } from './logs/log-source.js';
import { ServiceMetrics } from './metrics.js';
import { Occupancy } from './occupancy.js';
import { RunRecords } from './records/run-records.js';
import { HistoryIndex } from './runs/history-index.js';
import { recordInterrupted } from './runs/interrupted-runs.js';
import { RunDirectory } from './runs/run-directory.js';
import type { RunHandle } from './runs/run-handle.js';
import { spoolName } from './runs/run-marker.js';
import { Supervisor } from './runs/supervisor.js';
import { ScenarioCatalogue } from './scenarios/catalogue.js';
import { ScenarioEditor } from './scenarios/edit-scenario.js';
import type { ServiceContext } from './service-context.js';
import type { ServiceOptions } from './service-options.js';
import { ActiveScenario } from './state/active-scenario.js';
import { BaseGovernance } from './state/base-governance.js';
import { StateDirectory } from './state/state-directory.js';
import { StoredTables } from './tables/stored-tables.js';
import { SystemLog } from './system-log.js';
import type { StartRun } from './wire/run-status.js';

/** A context and the functions that close its parts. */
export interface BuiltContext {
  readonly context: ServiceContext;
  /** Stops runs, batches and diagnostics; their ends are durable when it resolves. */
  readonly stopWork: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly state: StateDirectory;
}

/** Opens the state, records interrupted runs, and connects the parts of the service. */
export async function buildContext(options: ServiceOptions): Promise<BuiltContext> {
  const { store, platform, growing, stager } = options;
  const log = new SystemLog(platform.clock, options.onLog);
  const state = await StateDirectory.open(options.state, platform, {
    onNotice: (message) => {
      log.say('WARN', 'state', message);
    },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  try {
    const interrupted = await recordInterrupted({ state, store, stager, growing, files: platform.files });
    for (const id of interrupted)
      log.add({
        level: 'WARN',
        event_type: 'run_interrupted',
        run_id: id,
        message: `Run ${id} was running when the service stopped`,
      });
    const governance = await BaseGovernance.open(state, new Date(platform.clock.now()).toISOString());
    const context = tieTogether(options, {
      state,
      log,
      governance,
      interrupted: interrupted.at(-1) ?? null,
    });
    const stopWork = async (): Promise<void> => {
      await Promise.all([context.diagnostics.close(), context.batches.close(), context.supervisor.close()]);
    };
    return { context, stopWork, state, close: () => state.close() };
  } catch (error) {
    await state.close();
    throw error;
  }
}

interface Opened {
  readonly state: StateDirectory;
  readonly log: SystemLog;
  readonly governance: BaseGovernance;
  readonly interrupted: RunId | null;
}

/** Parts that all others depend on. */
function openIndexes(options: ServiceOptions, { state, log, governance }: Opened) {
  const { store, platform, growing, manifests: files, documents: reader, registry, places = {} } = options;
  const project = { files, reader, places };
  const documents = options.readingThread ?? readHere(project);
  const projects = [...projectsOf(project).values()];
  const history = new HistoryIndex(store, () => platform.clock.monotonic());
  const catalogue = new ScenarioCatalogue({ files, documents, platform, projects }, registry);
  return {
    catalogue,
    editor: new ScenarioEditor(catalogue, platform, (message) => {
      log.say('WARN', 'documents', message);
    }),
    active: new ActiveScenario(state),
    governance,
    history,
    tables: new StoredTables(store, history),
    growth: new LogGrowth(growing),
  };
}

type Indexes = ReturnType<typeof openIndexes>;

/** Supervision of runs and their metrics. `changed` is called on every start and end. */
function openSupervision(options: ServiceOptions, { state, log }: Opened, indexes: Indexes) {
  const { store, platform, growing, max_active, recordsThread } = options;
  const records = recordsThread ?? answerHere(new RunRecords(store, null));
  const { history, growth } = indexes;
  const changed: (() => void)[] = [];
  const onChange = (handle: RunHandle): void => {
    for (const notify of changed) notify();
    noteChange(handle, { log, metrics, history });
    if (handle.isOver) growth.release(state.file('live', spoolName(handle.id)));
  };
  const supervisor = new Supervisor({
    ...options,
    state,
    clock: platform.clock,
    pause: platform.processes.pause,
    onChange,
  });
  const metrics = new ServiceMetrics({
    active: () => supervisor.active.length,
    ticks: () => supervisor.active.reduce((sum, handle) => sum + handle.ticksShown, 0),
    history: () => history.size,
    lastBatch: async () => inArrivalOrder(await listBatches(store)).at(-1)?.verdict,
  });
  return {
    supervisor,
    metrics,
    changed,
    occupancy: new Occupancy(supervisor, max_active),
    directory: new RunDirectory({ supervisor, store, records }),
    sources: new LogSources({ supervisor, store, state, files: growing }),
  };
}

type Supervision = ReturnType<typeof openSupervision>;

/** Batches and diagnostics, and the start of runs. */
function openRunners(options: ServiceOptions, { state, log }: Opened, parts: Indexes & Supervision) {
  const { startBatchExecutor: startExecutor, platform, budget } = options;
  const { clock } = platform;
  const { catalogue, governance, supervisor, history, metrics } = parts;
  const onEnd = (verdict: BatchVerdict | null): void => {
    history.invalidate();
    metrics.batches.ended(verdict);
  };
  const batches = new BatchSupervisor({ ...options, ...parts, clock, log, startExecutor, onEnd });
  const startRun = async (request: StartRun): Promise<RunHandle> => {
    const asked = { governance: governance.knobs, budget };
    const { value: plan } = await catalogue.ask('planRun', request, asked);
    return supervisor.start(plan, request.paused);
  };
  const startChecked = (scenario_id: string): Promise<RunHandle> =>
    startRun({ scenario_id, overrides: { logging_enabled: true, metrics_enabled: true } });
  const tasks = diagnosticTasks({ ...options, ...parts, batches });
  const diagnostics = new DiagnosticsRunner({
    ...options,
    ...parts,
    tasks,
    state,
    clock,
    startRun: startChecked,
  });
  return { batches, startRun, diagnostics };
}

function tieTogether(options: ServiceOptions, opened: Opened): ServiceContext {
  const { version, engine, platform, random, store, goldens, budget, client_stall_ms: stall_ms } = options;
  const indexes = openIndexes(options, opened);
  const supervision = openSupervision(options, opened, indexes);
  const parts = { ...indexes, ...supervision };
  const { metrics, changed } = supervision;
  const context: ServiceContext = {
    version,
    boot_id: newId(platform.clock.now(), random),
    engine,
    clock: platform.clock,
    store,
    goldens,
    budget,
    log: opened.log,
    connections: new Connections({ ...options, stall_ms }),
    interrupted: opened.interrupted,
    ...parts,
    ...openRunners(options, opened, parts),
    streamLimits: (transport) => ({ stall_ms, onDrop: () => metrics.dropped.inc({ transport }) }),
    stateVersion: 0,
  };
  changed.push(() => context.stateVersion++);
  return context;
}

function noteChange(
  handle: RunHandle,
  {
    log,
    metrics,
    history,
  }: { readonly log: SystemLog; readonly metrics: ServiceMetrics; readonly history: HistoryIndex },
): void {
  const { id, plan, end } = handle;
  if (end === null) {
    const message = `Run ${id} of ${plan.name} starts: ${String(plan.ticks_total)} ticks`;
    log.add({ level: 'INFO', event_type: 'run_started', run_id: id, message });
    return;
  }
  history.invalidate();
  metrics.runs.inc({ result: end.state });
  const { fault_reason } = handle.status();
  const isExpectedFault = end.state === 'fault' && end.expected;
  const how = `${end.state}${isExpectedFault ? ' as expected' : ''}`;
  const message = `Run ${id} ended: ${how}${fault_reason === undefined ? '' : `, ${fault_reason}`}`;
  log.add({
    level: end.state === 'fault' && !isExpectedFault ? 'ERROR' : 'INFO',
    event_type: 'run_ended',
    run_id: id,
    message,
  });
}
