import { standingFailure } from '../../../batch/outcome.js';
import type { BatchPlan } from '../../../batch/plan/batch-plan.js';
import { durationWith, planForecast } from '../../../batch/plan/plan-forecast.js';
import type { PlannedRun } from '../../../batch/plan/planned-run.js';

/** Version of the document below; raised when a field changes its meaning or is removed. */
const VERSION = 1;

/** The plan of a batch as one document, in pieces; `jobs` is the number of runs executed at once. */
export function* planJson(plan: BatchPlan, jobs: number): Generator<string> {
  const forecast = planForecast(plan.runs);
  const document = {
    v: VERSION,
    kind: 'BatchPlan',
    digest: plan.digest,
    shard: plan.shard === undefined ? null : { index: plan.shard.index, count: plan.shard.count },
    forecast: { ...forecast, jobs, duration_ms: durationWith(forecast, jobs) },
    runs: [],
  };
  yield JSON.stringify(document).slice(0, -END.length);
  let before = '';
  for (const run of plan.runs) {
    yield `${before}${JSON.stringify(runJson(run))}`;
    before = ',';
  }
  yield END;
}

/** The end of the document; the runs are its last member. */
const END = ']}';

function runJson(run: PlannedRun): object {
  return {
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
  };
}
