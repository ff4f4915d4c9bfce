import { workOf, type PlannedRun } from './planned-run.js';

/** What executing a plan will cost, every repetition counted. */
export interface PlanForecast {
  /** Runs to execute. */
  readonly to_run: number;
  /** Runs whose result is there already. */
  readonly cached: number;
  /** Runs that take the result of another run of the plan. */
  readonly shared: number;
  /** Milliseconds of computing on one slot. */
  readonly work_ms: number;
  /** Milliseconds of the run that takes longest; no number of slots is faster. */
  readonly longest_ms: number;
  /** Bytes of the artefacts of the runs with history; null when none has any. */
  readonly bytes: number | null;
  /** Runs whose bytes are known from history. */
  readonly sized: number;
  /** Runs whose time is only estimated from the amount of work. */
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

/** Milliseconds until a plan is executed by so many slots. */
export function durationWith({ work_ms, longest_ms }: PlanForecast, jobs: number): number {
  return Math.max(work_ms / jobs, longest_ms);
}
