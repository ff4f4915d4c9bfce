import type { BatchPlan } from '../../batch/plan/plan.js';
import { recordedDurations } from '../../batch/plan/recorded-durations.js';
import { shardPlan, type Shard } from '../../batch/plan/shard.js';
import type { ArtefactStore } from '../../store/port.js';
import type { BatchArguments } from '../commands/batch.js';
import { UsageError } from '../command-error.js';
import { readReport } from './read-report.js';

/** The part of a plan that `--shard` names, cut by the durations of a report or else of the store. */
export async function shardOf(
  plan: BatchPlan,
  shard: Shard,
  { durations, store }: { readonly durations: string | undefined; readonly store: ArtefactStore },
): Promise<BatchPlan> {
  const recorded = durations === undefined ? await recordedDurations(store) : durationsIn(durations);
  return shardPlan(plan, shard, recorded);
}

/**
 * Refuses to cut what depends on the store that is being worked on: the parts would not be parts of one whole.
 *
 * @throws UsageError
 */
export function checkShard(args: Pick<BatchArguments, 'shard' | 'last-failed'>): void {
  if (args.shard === undefined || args['last-failed'] !== true) return;
  throw new UsageError(
    '--last-failed and --shard contradict each other: what failed last changes while the parts run',
    'name the runs with -g, or run what failed on one machine',
  );
}

function durationsIn(path: string): ReadonlyMap<string, number> {
  const durations = new Map<string, number>();
  for (const { name, state, measured_ms, duration_ms, executions } of readReport(path).runs) {
    // Reports of older versions know only what all executions took together.
    const isMeasured = (state === 'completed' || state === 'faulted') && executions > 0;
    const measured = measured_ms === undefined && isMeasured ? duration_ms / executions : measured_ms;
    if (typeof measured === 'number') durations.set(name, measured);
  }
  return durations;
}
