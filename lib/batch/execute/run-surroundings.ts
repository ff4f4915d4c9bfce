import type { Clock } from '../../base/ports.js';
import type { ArtefactStore } from '../../store/port.js';
import type { EngineStamp } from '../../store/records.js';
import type { BatchEventSink } from '../batch-event.js';
import type { Executor } from '../../execution/executor.js';
import type { SupervisedRun } from '../../execution/supervised-run.js';
import type { WorkKind } from './work-slots.js';

/** What executing runs needs around it. */
export interface RunSurroundings {
  readonly executor: Executor;
  readonly store: ArtefactStore;
  readonly clock: Clock;
  /** In [0, 1); for ids only. */
  readonly random: () => number;
  readonly engine: EngineStamp;
  readonly emit: BatchEventSink;
  /** Milliseconds a stopped run may take before it is given up. */
  readonly grace_ms: number;
  /** Milliseconds without a tick after which a run is given up; the usual limit when absent. */
  readonly stall_ms?: number;
  /** Target chunk size in bytes; null for the session's default. */
  readonly chunk_bytes: number | null;
}

/** Bounds what computes at once, and knows when nothing new may start. */
export interface Slots {
  readonly stopping: boolean;
  /** True where a run may be handed over together with others, so that they wait for each other. */
  readonly mayShare: boolean;
  /**
   * Does the work once a slot is free; undefined, without doing it, when the batch stops before that. What goes on
   * with a run that has begun comes before what begins another.
   */
  enter<T>(work: () => Promise<T>, kind: WorkKind): Promise<T | undefined>;
  /**
   * Told while the slot is still held that the run of that name fails, so that nothing is started after the
   * last allowed failure.
   */
  failed(name: string): void;
  /** Makes the run visible to whoever stops or watches runs, until the returned function is called. */
  watch(run: SupervisedRun): () => void;
}
