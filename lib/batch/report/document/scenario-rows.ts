import { isFailure } from '../../batch-metrics.js';
import { isLeft, type BatchReport } from '../batch-report.js';

/** The runs of one scenario, counted. */
export interface ScenarioRow {
  readonly scenario: string;
  readonly runs: number;
  readonly done: number;
  readonly cached: number;
  readonly failed: number;
  readonly left: number;
  readonly duration_ms: number;
}

/** By scenario id, ascending. */
export function byScenario({ runs }: BatchReport): readonly ScenarioRow[] {
  const rows = new Map<string, { -readonly [K in keyof ScenarioRow]: ScenarioRow[K] }>();
  for (const run of runs) {
    const { scenario } = run;
    const row = rows.get(scenario) ?? {
      scenario,
      runs: 0,
      done: 0,
      cached: 0,
      failed: 0,
      left: 0,
      duration_ms: 0,
    };
    rows.set(scenario, row);
    row.runs++;
    row.duration_ms += run.duration_ms;
    if (isLeft(run)) row.left++;
    else if (isFailure(run)) row.failed++;
    else if (run.state === 'cached') row.cached++;
    else row.done++;
  }
  return [...rows.values()].sort((a, b) => (a.scenario < b.scenario ? -1 : 1));
}
