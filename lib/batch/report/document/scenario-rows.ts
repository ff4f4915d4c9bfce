import { byCodeUnit } from '../../../base/code-units.js';
import type { BatchReport, ReportedRun } from '../batch-report.js';
import { judgementOf, type Complaints, type Judgement } from './judged-runs.js';

/** Counts of the runs of one scenario. */
export interface ScenarioRow {
  readonly scenario: string;
  readonly runs: number;
  readonly done: number;
  readonly cached: number;
  readonly failed: number;
  readonly left: number;
  readonly duration_ms: number;
}

/** Counted outcomes of the runs of a row. */
export const PARTS = ['done', 'cached', 'failed', 'left'] as const;
export type Part = (typeof PARTS)[number];

const PART = {
  completed: 'done',
  'faulted as expected': 'done',
  cached: 'cached',
  failed: 'failed',
  left: 'left',
} as const satisfies Record<Judgement, Part>;

/** The outcome by which a run is counted. */
export function partOf(run: ReportedRun, wrong: Complaints): Part {
  return PART[judgementOf(run, wrong)];
}

/** By scenario id, ascending. */
export function byScenario({ runs }: BatchReport, wrong: Complaints): readonly ScenarioRow[] {
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
    row[partOf(run, wrong)]++;
  }
  return [...rows.values()].sort((a, b) => byCodeUnit(a.scenario, b.scenario));
}
