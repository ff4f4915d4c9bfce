import { Batch, type BatchResult } from '../../batch/batch.js';
import type { RunOutcome } from '../../batch/outcome.js';
import type { BatchEvent } from '../../batch/batch-event.js';
import type { Executor } from '../../execution/executor.js';
import type { BatchPlan } from '../../batch/plan/batch-plan.js';
import type { SupervisedRun } from '../../execution/supervised-run.js';
import type { ScheduleLimits } from '../../batch/execute/schedule.js';
import type { JudgedGoldens } from '../../batch/verdict/judge-goldens.js';
import { systemClock } from '../../platform/clock.js';
import type { ArtefactStore } from '../../store/port.js';
import { engineStamp } from '../engine-stamp.js';
import type { Interruption } from '../interruption.js';

/** Milliseconds for a stopped run to reach its next tick before it is abandoned. */
const GRACE_MS = 10_000;

/** Displays a batch while it runs. */
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
  /** The manifests as given by the user. */
  readonly files: readonly string[];
  /** Compares the ended runs with their goldens; never throws. */
  readonly judge: (runs: readonly RunOutcome[]) => Promise<JudgedGoldens>;
  /** Creates the watcher; it may query the running runs at any time. */
  readonly watch: (running: () => Iterable<SupervisedRun>) => Promise<Watcher>;
}

/** The end of a batch, and the result of judging its goldens. */
export interface ExecutedPlan extends BatchResult {
  readonly goldens: JudgedGoldens;
}

/**
 * Executes a plan on this machine, has its goldens judged, and closes the executor; an interruption drains
 * the runs, even one during the preparation of the batch. The caller handles signals that arrive after the
 * runs; a signal before the verdict is part of the verdict.
 */
export async function executePlan(plan: BatchPlan, parts: ExecutionParts): Promise<ExecutedPlan> {
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
    const ended = await interruption.during(drain, () => {
      if (interruption.came) drain();
      return batch.run();
    });
    const goldens = await parts.judge(ended.outcomes);
    const result = await batch.conclude(ended, { goldens, interrupted: interruption.came });
    return { ...result, goldens };
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
