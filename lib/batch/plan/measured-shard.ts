import type { Digest } from '../../base/digest.js';
import type { ArtefactStore } from '../../store/port.js';
import type { BatchReport } from '../report/batch-report.js';
import type { BatchPlan, Shard } from './batch-plan.js';
import { recordedDurations } from './recorded-durations.js';
import { shardPlan } from './shard.js';

/**
 * One part of a plan, divided by the durations of a report or of the store. Durations in a
 * report for the same inputs are passed on: with new measurements every night, runs would keep moving between
 * machines that share no store, and be computed again.
 */
export async function measuredShard(
  plan: BatchPlan,
  shard: Shard,
  { durations, store }: { readonly durations: BatchReport | undefined; readonly store: ArtefactStore },
): Promise<BatchPlan> {
  if (durations === undefined) return shardPlan(plan, shard, await recordedDurations(store));
  const measured = measuredIn(durations);
  const part = shardPlan(plan, shard, new Map([...measured].map(([name, { ms }]) => [name, ms])));
  const same = part.runs.flatMap(({ name, input_key }) => {
    const known = measured.get(name);
    return known?.input_key === input_key ? [[name, known.ms] as const] : [];
  });
  return { ...part, shard: { ...part.shard!, given: new Map(same) } };
}

interface Measured {
  readonly ms: number;
  readonly input_key: Digest;
}

function measuredIn({ runs }: BatchReport): ReadonlyMap<string, Measured> {
  const all = new Map<string, Measured>();
  for (const run of runs) {
    const { name, input_key, state, measured_ms, duration_ms, executions } = run;
    // Reports of older versions only have the total time of all executions.
    const isMeasured = (state === 'completed' || state === 'faulted') && executions > 0;
    const ms = measured_ms === undefined && isMeasured ? duration_ms / executions : measured_ms;
    if (typeof ms === 'number') all.set(name, { ms, input_key });
  }
  return all;
}
