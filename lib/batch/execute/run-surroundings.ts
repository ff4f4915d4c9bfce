import type { Clock } from '../../base/ports.js';
import type { ArtefactStore } from '../../store/port.js';
import type { EngineStamp } from '../../store/record-types.js';
import type { BatchEventSink } from '../batch-event.js';
import type { Executor } from '../../execution/executor.js';
import type { SupervisedRun } from '../../execution/supervised-run.js';
import type { WorkKind } from './work-slots.js';

/** Environment of executing runs. */
export interface RunSurroundings {
  readonly executor: Executor;
  readonly store: ArtefactStore;
  readonly clock: Clock;
  /** In [0, 1); for ids only. */
  readonly random: () => number;
  readonly engine: EngineStamp;
  readonly emit: BatchEventSink;
  /** Milliseconds for a stopped run to end before it is abandoned. */
  readonly grace_ms: number;
  /** Milliseconds without a tick after which a run is abandoned; default STALL_MS. */
  readonly stall_ms?: number;
  /** Target chunk size in bytes; null for the default of the session. */
  readonly chunk_bytes: number | null;
}

/** Limits the number of concurrent computations, and stops new ones. */
export interface Slots {
  readonly stopping: boolean;
  /** True if a run may be sent together with others, so that they wait for each other. */
  readonly mayShare: boolean;
  /**
   * Does the work once a slot is free; undefined, without doing it, if the batch stops before. Continuing
   * started work takes precedence over starting new work.
   */
  enter<T>(work: () => Promise<T>, kind: WorkKind): Promise<T | undefined>;
  /**
   * Called while the slot is still held, if a run fails, so that no run is started after the last allowed
   * failure.
   */
  failed(name: string): void;
  /** Registers the run for stopping and watching, until the returned function is called. */
  watch(run: SupervisedRun): () => void;
}
