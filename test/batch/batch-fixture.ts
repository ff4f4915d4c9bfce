import type { Clock } from '../../lib/base/ports.js';
import { Batch, type BatchOptions, type BatchResult } from '../../lib/batch/batch.js';
import type { BatchEvent } from '../../lib/batch/batch-event.js';
import type { Executor } from '../../lib/execution/executor.js';
import type { PlannedRun } from '../../lib/batch/plan/planned-run.js';
import { MemoryStore, type ArtefactStore, type Reliance } from '../../lib/store/index.js';
import { planOf } from './sample-runs.js';

export const ENGINE = { version: '1.0.0', commit: null, node: 'v20', platform: 'test' };

/** A batch over these runs in a controlled environment. */
export interface BatchFixture {
  readonly batch: Batch;
  readonly store: ArtefactStore;
  readonly events: BatchEvent[];
}

export function makeBatch(
  runs: readonly PlannedRun[],
  executor: Executor,
  options: {
    limits?: Partial<BatchOptions['limits']>;
    store?: ArtefactStore;
    /** Start of the batch; later than that of the previous batch in the same store. */
    begins?: number;
    clock?: Clock;
    /** Milliseconds without a tick after which a run is abandoned. */
    stall_ms?: number;
    onEvent?: (event: BatchEvent, batch: Batch) => void;
  } = {},
): BatchFixture {
  const store = options.store ?? new TrustingStore();
  const events: BatchEvent[] = [];
  const clock = options.clock ?? steadyClock(options.begins ?? Date.UTC(2025, 0, 1));
  let ids = 0;
  const batch: Batch = new Batch(planOf(runs), {
    around: {
      executor,
      store,
      clock,
      random: () => ids++ / 1000,
      engine: ENGINE,
      ...(options.stall_ms !== undefined && { stall_ms: options.stall_ms }),
      emit: (event) => {
        events.push(event);
        options.onEvent?.(event, batch);
      },
      grace_ms: 20,
      chunk_bytes: null,
    },
    limits: { max_failures: null, global_timeout_ms: null, ...options.limits },
    manifests: ['m.yaml'],
  });
  return { batch, store, events };
}

/** Contains every hit that a test invents. */
class TrustingStore extends MemoryStore {
  override async rely(): Promise<Reliance> {
    return { gone: [], release: () => undefined };
  }
}

/** A clock that advances by a millisecond with every reading. */
function steadyClock(now: number): Clock {
  let elapsed = 0;
  return { now: () => now++, monotonic: () => elapsed++ };
}

/** States by run name. */
export function statesOf({ outcomes }: BatchResult): Record<string, string> {
  return Object.fromEntries(outcomes.map((outcome) => [outcome.name, outcome.state]));
}
