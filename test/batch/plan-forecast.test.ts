import t from 'tap';
import { durationWith, planForecast } from '../../lib/batch/plan/plan-forecast.js';
import type { PlannedRun } from '../../lib/batch/plan/planned-run.js';
import { planLines } from '../../lib/batch/report/plan-report.js';
import { planJson } from '../../lib/cli/commands/batch/plan-json.js';
import { plannedRun, planOf, sampleInputs } from './sample-runs.js';

function run(name: string, duration_ms: number, bytes: number | null, change: Partial<PlannedRun> = {}) {
  const forecast = { duration_ms, bytes, from_history: bytes !== null };
  return plannedRun(name, sampleInputs(), { forecast, ...change });
}

const PLAN = planOf([
  run('long', 20_000, 1000, { repeat: 3 }),
  run('short', 6000, null),
  run('there', 90_000, 5000, { action: 'cached' }),
]);

void t.test('the forecast of a plan includes every repetition', (inner) => {
  const forecast = planForecast(PLAN.runs);
  inner.strictSame(forecast, {
    to_run: 2,
    cached: 1,
    shared: 0,
    work_ms: 66_000,
    longest_ms: 60_000,
    bytes: 3000,
    sized: 1,
    estimated: 1,
  });
  inner.equal(durationWith(forecast, 1), 66_000);
  inner.equal(durationWith(forecast, 4), 60_000, 'repetitions are executed one after the other');
  inner.equal(planForecast([]).bytes, null);
  inner.end();
});

void t.test('the plan as JSON has the same values as its text', (inner) => {
  inner.match(
    [...planLines(PLAN, 4, null)].join('\n'),
    /2 runs to execute, 1 cached; about 1 min 00 s with 4 jobs; 2\.9 KiB/,
  );
  inner.match(JSON.parse([...planJson(PLAN, 4)].join('')), {
    forecast: { work_ms: 66_000, longest_ms: 60_000, bytes: 3000, jobs: 4, duration_ms: 60_000 },
    runs: [{ name: 'long', repeat: 3 }, { repeat: 1 }, { repeat: 1 }],
  });
  inner.end();
});
