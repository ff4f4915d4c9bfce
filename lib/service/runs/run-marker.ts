import type { ConfigRunId, RunId } from '../../base/run-id.js';
import type { EngineStamp, RunFailure, RunRecord } from '../../store/record-types.js';
import type { RunEnd, RunHandle } from './run-handle.js';
import type { RunPlan } from './run-plan.js';

/** State of a running run in the state directory, for recovery after a kill. */
export interface RunMarker {
  readonly v: 1;
  readonly id: RunId;
  readonly plan: Pick<
    RunPlan,
    'name' | 'scenario' | 'cell' | 'gid' | 'ticks_total' | 'input_key' | 'documents' | 'retain'
  > & { readonly run_id: ConfigRunId };
  readonly engine: RunRecord['engine'];
  /** ISO 8601. */
  readonly started_at: string;
  /** When the marker was last written. */
  readonly seen_at: string;
  readonly ticks_seen: number;
  /** Set if the run has ended but the tree could not take its record. */
  readonly failure?: RunFailure;
}

/** Name of a marker's document. */
export function markerName(run: RunId): string {
  return `runs/${run}`;
}

/** Name of the file with the last tick that a client has seen. */
export function shownName(run: RunId): string {
  return `${run}.tick`;
}

/** Name of the live log of a run in the state directory. */
export function spoolName(run: RunId): string {
  return `${run}.jsonl`;
}

/** The marker of a run, running or ended. */
export function markerOf(
  handle: RunHandle,
  { engine, end }: { readonly engine: EngineStamp; readonly end?: RunEnd | undefined },
): RunMarker {
  return {
    v: 1,
    id: handle.id,
    plan: markerPlan(handle.plan),
    engine,
    started_at: new Date(handle.started).toISOString(),
    seen_at: new Date(handle.watch.time).toISOString(),
    ticks_seen: end?.ticks_completed ?? handle.control.ticksCompleted,
    ...(end?.failure ? { failure: end.failure } : {}),
  };
}

/** The parts of a plan that a record needs. */
function markerPlan(plan: RunPlan): RunMarker['plan'] {
  const { name, scenario, cell, config_run_id, gid, ticks_total, input_key, documents, retain } = plan;
  return { name, scenario, cell, run_id: config_run_id, gid, ticks_total, input_key, documents, retain };
}
