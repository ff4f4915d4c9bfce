import { hashRecord, type Digest } from '../base/digest.js';
import type { Json } from '../base/canonical-json.js';
import type { RunObservables } from '../base/observables.js';
import type { ConfigRunId, RunId } from '../base/run-id.js';
import type { BatchVerdict } from './batch-verdict.js';

/** A contiguous, record-aligned part of one artefact, stored as one blob. */
export interface ChunkEntry {
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  readonly records: number;
  /** Smallest tick of a record in the chunk; 0 if records have no tick. */
  readonly first_tick: number;
  readonly last_tick: number;
}

/**
 * One artefact of a run. `digest`, `size` and `records` are those of the whole artefact, independent of the
 * chunks.
 */
export interface ArtefactEntry {
  readonly kind: string;
  readonly media_type: 'application/x-ndjson' | 'application/json';
  readonly digest: Digest;
  /** Size of the whole in bytes. */
  readonly size: number;
  readonly records: number;
  /** In order; their concatenation is the artefact. Empty for an artefact that is empty or not stored. */
  readonly chunks: readonly ChunkEntry[];
  /** False: only the digest is stored and the bytes are derived on demand (retain: compact). */
  readonly stored: boolean;
}

export const RUN_STATES = ['completed', 'faulted', 'failed', 'cancelled', 'timed_out'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Why a run did not complete. */
export interface RunFailure {
  /** Stable code, listed in docs/errors.md. */
  readonly code: string;
  readonly message: string;
  /** Tick of the failure; null outside the tick loop. */
  readonly tick: number | null;
  /** The node, edge or field, such as `edge 3` or `node 1`; null if none. */
  readonly place: string | null;
}

export interface EngineStamp {
  /** Semantic version of the engine's behaviour; part of the input key. */
  readonly version: string;
  /** Commit of the engine, or null if unknown. */
  readonly commit: string | null;
  readonly node: string;
  readonly platform: string;
}

/** One execution, written once when all its blobs are durable. */
export interface RunRecord {
  readonly schema: 'aether-run/1';
  /**
   * Unique per execution, [a-z0-9][a-z0-9-]*; starts with the start time by the wall clock, which is not an
   * order.
   */
  readonly id: RunId;
  /** Scenario id and varying values: `ring-5[ticks=64]`. */
  readonly name: string;
  readonly scenario: string;
  /** The varying values of a sweep; {} for a plain scenario. */
  readonly cell: Readonly<Record<string, Json>>;
  /** run_id of the RunConfig. */
  readonly run_id: ConfigRunId;
  readonly gid: string;
  readonly input_key: Digest;
  /** Digest of each resolved document that can change the result. */
  readonly inputs: Readonly<Record<string, Digest | null>>;
  readonly state: RunState;
  /** Null when completed. */
  readonly failure: RunFailure | null;
  /** ISO 8601, UTC. */
  readonly started_at: string;
  /** `started_at` plus the duration by a monotonic clock. */
  readonly ended_at: string;
  readonly ticks_total: number;
  readonly ticks_completed: number;
  readonly retain: 'full' | 'compact';
  readonly engine: EngineStamp;
  readonly artefacts: readonly ArtefactEntry[];
  /** H of the kind -> digest map of every result artefact (all but inputs and log). */
  readonly result_digest: Digest;
  readonly metrics: Json;
  /** Absent in records of older versions, and for runs that completed no tick or faulted. */
  readonly observables?: RunObservables;
  readonly loom: { readonly tip: Digest | null; readonly i_blocks: number };
  readonly golden: Json;
  /**
   * True if the run may answer for its input key, as its ref states: after a crash between record and ref,
   * this field replaces the ref. Absent in records of older versions.
   */
  readonly answers?: boolean;
  /**
   * True if it ended as its scenario expects, including an expected fault; absent in records of older
   * versions.
   */
  readonly expected?: boolean;
  /**
   * Place in the order in which records arrived in this store: only comparisons are meaningful. The store
   * sets it on publishing; absent in records of older versions, and in imported runs that are older than the
   * existing ones.
   */
  readonly arrival?: number;
}

/** `result_digest` of a run without result artefacts. */
export const NO_RESULT = hashRecord({});

/** The digest of the result of a run; null if it failed before it had one. */
export function resultOf({ result_digest }: Pick<RunRecord, 'result_digest'>): Digest | null {
  return result_digest === NO_RESULT ? null : result_digest;
}

/**
 * Duration of a run in milliseconds. Ends are computed from a monotonic clock; records of older versions took
 * both times from the wall clock, so a negative difference counts as 0.
 */
export function durationOf({ started_at, ended_at }: Pick<RunRecord, 'started_at' | 'ended_at'>): number {
  return Math.max(0, Date.parse(ended_at) - Date.parse(started_at));
}

/** One call of the batch runner: its plan and its outcomes. */
export interface BatchRecord {
  readonly schema: 'aether-batch/1';
  readonly id: string;
  readonly started_at: string;
  readonly ended_at: string;
  readonly manifests: readonly string[];
  readonly plan_digest: Digest;
  readonly report_digest: Digest;
  /** Metrics of the batch; absent in records of older versions. */
  readonly metrics?: Json;
  /** `i/n` if this was a part of the plan; absent in records of older versions. */
  readonly shard?: string | null;
  /** As in a run record; the store sets it. */
  readonly arrival?: number;
  /** The verdict of the batch, goldens included; absent in records of older versions. */
  readonly verdict?: BatchVerdict;
  readonly outcomes: readonly {
    readonly name: string;
    readonly input_key: Digest;
    readonly state: RunState | 'cached' | 'not_started';
    readonly run: RunId | null;
    readonly result_digest: Digest | null;
    /** Wall milliseconds of all executions; 0 when cached. */
    readonly duration_ms: number;
    /**
     * Duration of one execution of these inputs, by this batch or earlier; null if unknown, absent in records
     * of older versions.
     */
    readonly measured_ms?: number | null;
    /** True if it ended as expected, including an expected fault; absent in records of older versions. */
    readonly ok?: boolean;
    /** Computed and requested ticks; absent in records of older versions. */
    readonly ticks_completed?: number;
    readonly ticks_total?: number;
    /** The failure, in one line; null if ok or not executed, absent in records of older versions. */
    readonly failure?: string | null;
    /**
     * Its golden: `agrees`, `accepted` by this batch, or the code of its issue; null if no golden is
     * requested. Absent if the batch judged no goldens, and in records of older versions.
     */
    readonly golden?: string | null;
  }[];
}
