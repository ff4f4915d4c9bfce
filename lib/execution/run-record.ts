import type { RunId } from '../base/run-id.js';
import type { EngineStamp, RunRecord } from '../store/record-types.js';
import type { RunJobResult } from './run-job.js';
import type { Ending } from './ending.js';

/** Fields of a planned run that are copied to its record. */
export type RunIdentity = Pick<
  RunRecord,
  'name' | 'scenario' | 'cell' | 'gid' | 'input_key' | 'ticks_total' | 'retain'
> & {
  readonly config_run_id: RunRecord['run_id'];
  /** Digest of every document that can change the result. */
  readonly documents: RunRecord['inputs'];
};

/** Time and identity of an execution. */
export interface Execution {
  readonly id: RunId;
  /** Milliseconds since the Unix epoch. */
  readonly started: number;
  /** `started` plus the duration by a monotonic clock. */
  readonly ended: number;
  readonly engine: EngineStamp;
}

/** The record of one execution. */
export function runRecord(ended: {
  readonly planned: RunIdentity;
  readonly execution: Execution;
  readonly result: RunJobResult;
  readonly ending: Ending;
}): RunRecord {
  const { planned, execution, result, ending } = ended;
  return {
    schema: 'aether-run/1',
    id: execution.id,
    name: planned.name,
    scenario: planned.scenario,
    cell: planned.cell,
    run_id: planned.config_run_id,
    gid: planned.gid,
    input_key: planned.input_key,
    inputs: planned.documents,
    state: ending.state,
    failure: ending.failure,
    started_at: new Date(execution.started).toISOString(),
    ended_at: new Date(execution.ended).toISOString(),
    ticks_total: planned.ticks_total,
    ticks_completed: result.ticks_completed,
    retain: planned.retain,
    engine: execution.engine,
    artefacts: result.artefacts,
    result_digest: result.result_digest,
    metrics: result.metrics,
    ...(result.observables !== null && { observables: result.observables }),
    loom: result.loom,
    golden: null,
  };
}
