import { workOf, type PlannedRun } from './planned-run.js';

/** Cost of executing a plan, including every repetition. */
export interface PlanForecast {
  /** Runs to execute. */
  readonly to_run: number;
  /** Runs whose result is cached. */
  readonly cached: number;
  /** Runs that share the result of another run of the plan. */
  readonly shared: number;
  /** Computing time on one slot in milliseconds. */
  readonly work_ms: number;
  /** Duration of the longest run in milliseconds; more slots do not make the plan faster than this. */
  readonly longest_ms: number;
  /** Bytes of the artefacts of the runs with history; null if none has any. */
  readonly bytes: number | null;
  /** Runs with known bytes. */
  readonly sized: number;
  /** Runs whose time is estimated from the amount of work. */
  readonly estimated: number;
}

export function planForecast(runs: readonly PlannedRun[]): PlanForecast {
  const toRun = runs.filter((run) => run.action === 'run');
  const sized = toRun.filter((run) => run.forecast.bytes !== null);
  return {
    to_run: toRun.length,
    cached: runs.filter((run) => run.action === 'cached').length,
    shared: runs.filter((run) => run.action === 'follow').length,
    work_ms: toRun.reduce((sum, run) => sum + workOf(run), 0),
    longest_ms: toRun.reduce((most, run) => Math.max(most, workOf(run)), 0),
    bytes: sized.length === 0 ? null : sized.reduce((sum, run) => sum + run.forecast.bytes! * run.repeat, 0),
    sized: sized.length,
    estimated: toRun.filter((run) => !run.forecast.from_history).length,
  };
}

/** Milliseconds to execute a plan with `jobs` slots. */
export function durationWith({ work_ms, longest_ms }: PlanForecast, jobs: number): number {
  return Math.max(work_ms / jobs, longest_ms);
}
