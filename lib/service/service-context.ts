import type { Clock } from '../base/ports.js';
import type { RunId } from '../base/run-id.js';
import type { RunBudget } from '../batch/index.js';
import type { ArtefactStore } from '../store/port.js';
import type { EngineStamp } from '../store/record-types.js';
import type { BatchSupervisor } from './batches/batch-supervisor.js';
import type { DiagnosticsRunner } from './diagnostics/diagnostics-runner.js';
import type { GoldenService } from './goldens/golden-service.js';
import type { Connections } from './http/connections.js';
import type { LogGrowth } from './logs/log-follower.js';
import type { LogSources } from './logs/log-source.js';
import type { StreamLimits } from './logs/sse-stream.js';
import type { ServiceMetrics } from './metrics.js';
import type { Occupancy } from './occupancy.js';
import type { HistoryIndex } from './runs/history-index.js';
import type { RunDirectory } from './runs/run-directory.js';
import type { RunHandle } from './runs/run-handle.js';
import type { Supervisor } from './runs/supervisor.js';
import type { ScenarioCatalogue } from './scenarios/catalogue.js';
import type { ScenarioEditor } from './scenarios/edit-scenario.js';
import type { ActiveScenario } from './state/active-scenario.js';
import type { BaseGovernance } from './state/base-governance.js';
import type { StoredTables } from './tables/stored-tables.js';
import type { SystemLog } from './system-log.js';
import type { StartRun } from './wire/run-status.js';

/** The parts of the service for the route groups. */
export interface ServiceContext {
  readonly version: string;
  /** Id of this start of the service. */
  readonly boot_id: string;
  readonly engine: EngineStamp;
  readonly clock: Clock;
  readonly store: ArtefactStore;
  readonly catalogue: ScenarioCatalogue;
  readonly editor: ScenarioEditor;
  readonly active: ActiveScenario;
  readonly governance: BaseGovernance;
  readonly supervisor: Supervisor;
  readonly occupancy: Occupancy;
  readonly directory: RunDirectory;
  readonly history: HistoryIndex;
  readonly tables: StoredTables;
  readonly sources: LogSources;
  readonly growth: LogGrowth;
  readonly streamLimits: (transport: 'sse' | 'websocket') => StreamLimits;
  readonly batches: BatchSupervisor;
  readonly diagnostics: DiagnosticsRunner;
  readonly goldens: GoldenService | null;
  readonly metrics: ServiceMetrics;
  readonly log: SystemLog;
  readonly connections: Connections;
  /** Maximum cost of one run. */
  readonly budget: RunBudget;
  /** The newest run that an earlier service left unfinished; null if there was none. */
  readonly interrupted: RunId | null;
  /** Resolves a request and starts it. */
  readonly startRun: (request: StartRun) => Promise<RunHandle>;
  /** Changes whenever `GET /state` may have another answer. */
  stateVersion: number;
}
