import type { Router } from 'express';
import type { TreePlatform, DocumentFiles, GrowingFiles } from '../base/ports.js';
import type { RunBudget } from '../batch/index.js';
import type { Executor } from '../execution/executor.js';
import type { DocumentPlaces } from '../config/document-library.js';
import type { ScenarioList } from '../config/index.js';
import type { ArtefactStore, BlobStager } from '../store/port.js';
import type { EngineStamp } from '../store/record-types.js';
import type { DocumentReader } from './documents/document-reader.js';
import type { GoldenService, AuditRunner } from './goldens/golden-service.js';
import type { TaskReader } from './reading/task-reader.js';
import type { RunRecords } from './records/run-records.js';
import type { WireLogEntry } from './wire/log.js';

/** Dependencies of a service; the command line creates them. */
export interface ServiceOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Null: none is required. Other addresses than loopback need one. */
  readonly token: string | null;
  /** Additional values of the Host header, for reverse proxies. */
  readonly allow_hosts: readonly string[];
  readonly version: string;
  readonly engine: EngineStamp;
  readonly platform: TreePlatform;
  readonly documents: DocumentFiles;
  readonly growing: GrowingFiles;
  readonly store: ArtefactStore;
  readonly stager: BlobStager;
  /** Directory of the state of the service; created if missing. */
  readonly state: string;
  readonly manifests: readonly string[];
  /** Where the documents may be; absent: in the project of each manifest. */
  readonly places?: DocumentPlaces;
  readonly registry: ScenarioList;
  /**
   * Reads documents, so that requests are answered meanwhile; null to read on this thread. The service closes
   * it.
   */
  readonly readingThread: DocumentReader | null;
  /** Reads the records of finished runs, likewise. */
  readonly recordsThread: TaskReader<RunRecords> | null;
  readonly random: () => number;
  /** Computes supervised runs; has one slot per active run. The service closes it. */
  readonly executor: Executor;
  readonly startBatchExecutor: () => Promise<Executor>;
  readonly goldens: GoldenService | null;
  readonly audit: AuditRunner | null;
  readonly max_active: number;
  /** Maximum cost of one run; checked before anything is allocated for it. */
  readonly budget: RunBudget;
  readonly grace_ms: number;
  readonly stall_ms: number;
  /** Milliseconds for which a log client may leave its buffer full. */
  readonly client_stall_ms: number;
  /** Maximum of open connections. */
  readonly max_connections: number;
  /** Maximum of concurrent log streams and exports. */
  readonly max_streams: number;
  readonly dashboard: Router | null;
  /** Receives the log entries of the service. */
  readonly onLog: (entry: WireLogEntry) => void;
  /** Aborts waiting for the state directory of another service. */
  readonly signal?: AbortSignal;
}
