import type { Json } from '../base/canonical-json.js';
import type { ConfigRunId, RunId } from '../base/run-id.js';
import {
  durationOf,
  resultOf,
  type ArtefactEntry,
  type RunFailure,
  type RunRecord,
  type RunState,
} from '../store/record-types.js';

/** The description of a run without opening its artefacts. */
export interface RunSummary {
  readonly id: RunId;
  readonly name: string;
  readonly scenario: string;
  readonly gid: string;
  readonly run_id: ConfigRunId;
  readonly state: RunState;
  readonly failure: RunFailure | null;
  readonly ticks_completed: number;
  readonly ticks_total: number;
  readonly retain: 'full' | 'compact';
  readonly started_at: string;
  readonly duration_ms: number;
  readonly engine_version: string;
  readonly input_key: string;
  /** Null if the run failed before it had a result. */
  readonly result_digest: string | null;
  readonly loom_tip: string | null;
  readonly i_blocks: number;
  readonly artefacts: readonly Pick<ArtefactEntry, 'kind' | 'records' | 'size' | 'stored' | 'digest'>[];
  readonly metrics: Json;
}

/** The summary of a run record. */
export function runSummary(record: RunRecord): RunSummary {
  const { id, name, scenario, gid, run_id, state, failure, ticks_completed, ticks_total, retain } = record;
  return {
    id,
    name,
    scenario,
    gid,
    run_id,
    state,
    failure,
    ticks_completed,
    ticks_total,
    retain,
    started_at: record.started_at,
    duration_ms: durationOf(record),
    engine_version: record.engine.version,
    input_key: record.input_key,
    result_digest: resultOf(record),
    loom_tip: record.loom.tip,
    i_blocks: record.loom.i_blocks,
    artefacts: record.artefacts.map(({ kind, records, size, stored, digest }) => ({
      kind,
      records,
      size,
      stored,
      digest,
    })),
    metrics: record.metrics,
  };
}
