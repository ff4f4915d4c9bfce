import type { BatchPlan } from '../../batch/plan/plan.js';
import { recordedDurations } from '../../batch/plan/recorded-durations.js';
import { shardPlan, type Shard } from '../../batch/plan/shard.js';
import type { ArtefactStore } from '../../store/port.js';
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

function durationsIn(path: string): ReadonlyMap<string, number> {
  const measured = readReport(path).runs.filter(({ executions }) => executions > 0);
  return new Map(measured.map(({ name, duration_ms }) => [name, duration_ms]));
}
