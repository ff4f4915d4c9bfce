import { Batch, type BatchResult } from '../../batch/batch.js';
import type { BatchEvent } from '../../batch/batch-event.js';
import type { Executor } from '../../batch/execute/executor.js';
import type { BatchPlan } from '../../batch/plan/plan.js';
import type { RunningRun } from '../../batch/execute/running-run.js';
import type { ScheduleLimits } from '../../batch/execute/schedule.js';
import { systemClock } from '../../platform/clock.js';
import { watchStopSignals } from '../../platform/signals.js';
import type { ArtefactStore } from '../../store/port.js';
import { engineStamp } from '../engine-stamp.js';
import { EXIT } from '../exit-codes.js';

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
  readonly limits: ScheduleLimits;
  /** The manifests as the user named them. */
  readonly files: readonly string[];
  /** Makes the watcher; it may ask what runs at any moment. */
  readonly watch: (running: () => Iterable<RunningRun>) => Promise<Watcher>;
}

/**
 * Executes a plan on this machine and closes the executor. The first SIGINT or SIGTERM drains the batch, the
 * second ends the process at once.
 */
export async function executePlan(plan: BatchPlan, parts: ExecutionParts): Promise<BatchResult> {
  const { store, executor, limits, files, env } = parts;
  const made: { batch?: Batch } = {};
  const watcher = await parts.watch(() => made.batch?.running ?? []);
  const around = {
    executor,
    store,
    clock: systemClock,
    random: Math.random,
    engine: engineStamp(env),
    emit: (event: BatchEvent) => {
      watcher.onEvent(event);
    },
    grace_ms: GRACE_MS,
    chunk_bytes: null,
  };
  const batch = (made.batch = new Batch(plan, { around, limits, manifests: files }));
  const unwatch = watchStopSignals((_, count) => {
    if (count > 1) process.exit(EXIT.interrupted);
    batch.stop('interrupted');
  });
  try {
    return await batch.execute();
  } finally {
    unwatch();
    watcher.close();
    await executor.close();
  }
}
