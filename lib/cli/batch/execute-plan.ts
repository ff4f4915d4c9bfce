import { Batch, type BatchResult } from '../../batch/batch.js';
import type { BatchEvent } from '../../batch/batch-event.js';
import type { Executor } from '../../batch/execute/executor.js';
import type { BatchPlan } from '../../batch/plan/plan.js';
import type { RunningRun } from '../../batch/execute/running-run.js';
import type { ScheduleLimits } from '../../batch/execute/schedule.js';
import { systemClock } from '../../platform/clock.js';
import type { ArtefactStore } from '../../store/port.js';
import { engineStamp } from '../engine-stamp.js';
import type { Interruption } from '../interruption.js';

/** How long a stopped run may take to reach its next tick before it is given up, in milliseconds. */
const GRACE_MS = 10_000;

/** Whoever shows a batch while it runs. */
export interface Watcher {
  onEvent(event: BatchEvent): void;
  close(): void;
}

export interface ExecutionParts {
  readonly store: ArtefactStore;
  readonly executor: Executor;
  readonly env: NodeJS.ProcessEnv;
  readonly interruption: Interruption;
  readonly limits: ScheduleLimits;
  /** The manifests as the user named them. */
  readonly files: readonly string[];
  /** Makes the watcher; it may ask what runs at any moment. */
  readonly watch: (running: () => Iterable<RunningRun>) => Promise<Watcher>;
}

/**
 * Executes a plan on this machine and closes the executor; an interruption drains the batch, also one that came while
 * it was made ready. What a signal does that comes afterwards is the caller's to say.
 */
export async function executePlan(plan: BatchPlan, parts: ExecutionParts): Promise<BatchResult> {
  const { executor, interruption } = parts;
  const made: { batch?: Batch } = {};
  let watcher: Watcher | undefined;
  try {
    const watching = (watcher = await parts.watch(() => made.batch?.running ?? []));
    const batch = (made.batch = batchOf(plan, parts, (event) => {
      watching.onEvent(event);
    }));
    const drain = (): void => {
      batch.stop('interrupted');
    };
    return await interruption.during(drain, () => {
      if (interruption.came) drain();
      return batch.execute();
    });
  } finally {
    watcher?.close();
    await executor.close();
  }
}

function batchOf(
  plan: BatchPlan,
  { store, executor, limits, files, env }: ExecutionParts,
  emit: (event: BatchEvent) => void,
): Batch {
  const around = {
    executor,
    store,
    clock: systemClock,
    random: Math.random,
    engine: engineStamp(env),
    emit,
    grace_ms: GRACE_MS,
    chunk_bytes: null,
  };
  return new Batch(plan, { around, limits, manifests: files });
}
