import type { RunRecord, RunState } from '../../store/record-types.js';
import type { HistoryEntry, RunResult } from '../wire/history.js';
import type { RunStatus } from '../wire/run-status.js';
import { faultOf } from './run-handle.js';

/** Results of run records in the API: every state that is neither done nor cancelled is a fault. */
export const RESULT_OF: Readonly<Record<RunState, RunResult>> = {
  completed: 'completed',
  faulted: 'fault',
  failed: 'fault',
  timed_out: 'fault',
  cancelled: 'cancelled',
};

/**
 * True if a run ended as its scenario expects. Null for a stopped run, and if a record of an older version
 * does not contain it: a run that answers for its inputs ended as expected, for others it is unknown.
 */
export function isExpected({ state, expected, answers }: RunRecord): boolean | null {
  if (state === 'cancelled') return null;
  return expected ?? (answers === true ? true : null);
}

/** The status of a run record. */
export function recordStatus(run: RunRecord): RunStatus {
  return {
    run_id: run.id,
    name: run.name,
    state: RESULT_OF[run.state],
    expected: isExpected(run),
    paused: false,
    scenario_id: run.scenario,
    started_at: run.started_at,
    ended_at: run.ended_at,
    ticks_total: run.ticks_total,
    ticks_completed: run.ticks_completed,
    progress: run.ticks_total === 0 ? 1 : Math.min(1, run.ticks_completed / run.ticks_total),
    ...faultOf(run.failure),
  };
}

/** The history entry of a run record. */
export function historyEntry(run: RunRecord): HistoryEntry {
  const metrics = summaryMetrics(run);
  const { fault_reason } = faultOf(run.failure);
  return {
    run_id: run.id,
    name: run.name,
    scenario_id: run.scenario,
    started_at: run.started_at,
    ended_at: run.ended_at,
    result: RESULT_OF[run.state],
    expected: isExpected(run),
    ticks_total: run.ticks_total,
    ticks_completed: run.ticks_completed,
    ...(Object.keys(metrics).length === 0 ? {} : { summary_metrics: metrics }),
    ...(fault_reason === undefined ? {} : { fault_reason }),
  };
}

const IN_SHORT = ['window_count', 'nap_total', 'apx_manifests', 'uledger_entries'] as const;

function summaryMetrics({ metrics }: RunRecord): Readonly<Record<string, unknown>> {
  if (typeof metrics !== 'object' || metrics === null || Array.isArray(metrics)) return {};
  const all = metrics as Readonly<Record<string, unknown>>;
  return Object.fromEntries(IN_SHORT.filter((name) => name in all).map((name) => [name, all[name]]));
}

/** All metrics of a run; empty if it has none. */
export function allMetrics({ metrics }: RunRecord): Readonly<Record<string, unknown>> {
  const isMap = typeof metrics === 'object' && metrics !== null && !Array.isArray(metrics);
  return isMap ? (metrics as Readonly<Record<string, unknown>>) : {};
}
