import { inArrivalOrder } from '../../store/arrival.js';
import { listBatches } from '../../store/batch-index.js';
import type { ArtefactStore } from '../../store/port.js';
import { unlessDamaged } from '../../store/unless-damaged.js';

/** Maximum number of latest batches that are read. */
const LOOK_BACK = 50;

/**
 * Durations of one execution in milliseconds by run name, from the latest batches of a store that ran their
 * whole plan. Batches of shards do not count: otherwise the first shard would change how the second one
 * divides the same plan.
 */
export async function recordedDurations(store: ArtefactStore): Promise<ReadonlyMap<string, number>> {
  const durations = new Map<string, number>();
  const latest = inArrivalOrder(await listBatches(store))
    .slice(-LOOK_BACK)
    .reverse();
  for (const { id } of latest) {
    const batch = await unlessDamaged(store.batch(id));
    if (batch === undefined || (batch.shard ?? null) !== null) continue;
    for (const { name, state, measured_ms, duration_ms } of batch.outcomes) {
      // Older records contain only the total time of all executions.
      const isMeasured = (state === 'completed' || state === 'faulted') && duration_ms > 0;
      const measured = measured_ms === undefined && isMeasured ? duration_ms : (measured_ms ?? null);
      if (measured !== null && !durations.has(name)) durations.set(name, measured);
    }
  }
  return durations;
}
