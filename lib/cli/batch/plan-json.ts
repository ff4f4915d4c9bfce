import { standingFailure } from '../../batch/outcome.js';
import type { BatchPlan } from '../../batch/plan/plan.js';
import { durationWith, planForecast } from '../../batch/plan/plan-forecast.js';

/** Version of the document below; raised when a field changes its meaning or goes away. */
const VERSION = 1;

/** The plan of a batch as one document; `jobs` is how many runs it would execute at once. */
export function planJson(plan: BatchPlan, jobs: number): object {
  const forecast = planForecast(plan.runs);
  return {
    v: VERSION,
    kind: 'BatchPlan',
    digest: plan.digest,
    shard: plan.shard === undefined ? null : { index: plan.shard.index, count: plan.shard.count },
    forecast: { ...forecast, jobs, duration_ms: durationWith(forecast, jobs) },
    runs: plan.runs.map((run) => ({
      name: run.name,
      scenario: run.scenario,
      cell: run.cell,
      input_key: run.input_key,
      ticks_total: run.ticks_total,
      action: run.action,
      reason: run.reason,
      failure: standingFailure(run),
      repeat: run.repeat,
      forecast: run.forecast,
    })),
  };
}
