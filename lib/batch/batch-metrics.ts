import type { RunOutcome } from './outcome.js';

/** Metrics of a batch, for its record and its report. */
export interface BatchMetrics {
  /** Runs computed at least once by this call. */
  readonly executed: number;
  /** Computations, including repetitions and retries. */
  readonly executions: number;
  readonly cached: number;
  readonly failed: number;
  /** Ticks of all computations, including stopped and failed ones. */
  readonly ticks: number;
  /** Bytes of the artefacts before deduplication. */
  readonly bytes: number;
  /** Runs computed at once. */
  readonly jobs: number;
  /** Milliseconds from start to end. */
  readonly wall_ms: number;
  /** Sum of the durations of all computations, in milliseconds. */
  readonly busy_ms: number;
  /** busy_ms as a share of jobs x wall_ms; 0 if nothing was computed. */
  readonly utilisation: number;
  readonly runs_per_s: number;
  readonly ticks_per_s: number;
  /** For the executed runs, in milliseconds; 0 if there are none. */
  readonly duration_ms: { readonly p50: number; readonly p95: number; readonly max: number };
}

/** Metrics of a batch that its outcomes do not contain. */
export type BatchEffort = Pick<BatchMetrics, 'jobs' | 'wall_ms' | 'ticks'>;

/** Sums outcomes, and adds the effort of the whole batch. */
export function batchMetrics(
  outcomes: readonly RunOutcome[],
  { jobs, wall_ms, ticks }: BatchEffort,
): BatchMetrics {
  const executed = outcomes.filter(({ executions }) => executions > 0);
  const sum = (of: (outcome: RunOutcome) => number): number =>
    executed.reduce((total, outcome) => total + of(outcome), 0);
  const durations = executed.map(({ duration_ms }) => duration_ms).sort((a, b) => a - b);
  const busy_ms = sum((outcome) => outcome.duration_ms);
  const seconds = Math.max(wall_ms, 1) / 1000;
  return {
    executed: executed.length,
    executions: sum((outcome) => outcome.executions),
    cached: outcomes.filter(({ state }) => state === 'cached').length,
    failed: outcomes.filter(isFailure).length,
    ticks,
    bytes: sum((outcome) => outcome.bytes),
    jobs,
    wall_ms,
    busy_ms,
    utilisation: rounded(Math.min(1, busy_ms / (jobs * Math.max(wall_ms, 1)))),
    runs_per_s: rounded(executed.length / seconds),
    ticks_per_s: rounded(ticks / seconds),
    duration_ms: {
      p50: quantile(durations, 0.5),
      p95: quantile(durations, 0.95),
      max: durations.at(-1) ?? 0,
    },
  };
}

/** Ended, and not as expected; a run that was stopped or not started is left, not failed. */
export function isFailure({ ok, state }: RunOutcome): boolean {
  return !ok && state !== 'cancelled' && state !== 'not_started';
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.max(0, Math.ceil(ascending.length * share) - 1)] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
