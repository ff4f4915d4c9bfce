import { hashRecord, type Digest } from '../base/digest.js';
import type { Json } from '../base/canonical-json.js';
import type { RunObservables } from '../base/observables.js';
import type { BatchVerdict } from './batch-verdict.js';

/** A contiguous, record-aligned part of one artefact, stored as one blob. */
export interface ChunkEntry {
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  readonly records: number;
  /** Smallest tick of a record in the chunk; 0 where records carry no tick. */
  readonly first_tick: number;
  readonly last_tick: number;
}

/** One artefact of a run. `digest`, `size` and `records` are those of the whole, whatever the chunking. */
export interface ArtefactEntry {
  readonly kind: string;
  readonly media_type: 'application/x-ndjson' | 'application/json';
  readonly digest: Digest;
  /** Bytes of the whole. */
  readonly size: number;
  readonly records: number;
  /** In order; their concatenation is the artefact. Empty for an empty or an unstored artefact. */
  readonly chunks: readonly ChunkEntry[];
  /** False: only the digest is kept and the bytes are re-derived on demand (retain: compact). */
  readonly stored: boolean;
}

export const RUN_STATES = ['completed', 'faulted', 'failed', 'cancelled', 'timed_out'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Why a run did not complete. */
export interface RunFailure {
  /** Stable code, listed in docs/errors.md. */
  readonly code: string;
  readonly message: string;
  /** Tick the failure belongs to; null outside the tick loop. */
  readonly tick: number | null;
  /** The node, edge or field concerned, such as `edge 3` or `node 1`; null if none. */
  readonly place: string | null;
}

export interface EngineStamp {
  /** Semantic version of the engine's behaviour; part of the input key. */
  readonly version: string;
  /** Commit of the code that ran, or null when unknown. */
  readonly commit: string | null;
  readonly node: string;
  readonly platform: string;
}

/** One execution, written once when all its blobs are durable. */
export interface RunRecord {
  readonly schema: 'aether-run/1';
  /** Unique per execution, [a-z0-9][a-z0-9-]*; begins with the start time as the clock had it, which gives no order. */
  readonly id: string;
  /** Scenario id plus the varying values: `ring-5[ticks=64]`. */
  readonly name: string;
  readonly scenario: string;
  /** The varying values of a sweep; {} for a plain scenario. */
  readonly cell: Readonly<Record<string, Json>>;
  /** run_id of the RunConfig. */
  readonly run_id: string;
  readonly gid: string;
  readonly input_key: Digest;
  /** Digest of each resolved document that can change the result. */
  readonly inputs: Readonly<Record<string, Digest | null>>;
  readonly state: RunState;
  /** Null when completed. */
  readonly failure: RunFailure | null;
  /** ISO 8601, UTC. */
  readonly started_at: string;
  /** `started_at` plus the time it took by a monotonic clock. */
  readonly ended_at: string;
  readonly ticks_total: number;
  readonly ticks_completed: number;
  readonly retain: 'full' | 'compact';
  readonly engine: EngineStamp;
  readonly artefacts: readonly ArtefactEntry[];
  /** H of the kind -> digest map of every result artefact (all but inputs and log). */
  readonly result_digest: Digest;
  readonly metrics: Json;
  /** Absent in records of older versions, and of runs that completed no tick or faulted. */
  readonly observables?: RunObservables;
  readonly loom: { readonly tip: Digest | null; readonly i_blocks: number };
  readonly golden: Json;
  /**
   * True when the run may answer for its input key, as its ref says: what a crash between record and ref leaves is
   * found again by it. Absent in records of older versions.
   */
  readonly answers?: boolean;
  /** True when it ended as its scenario expects, an expected fault included; absent in records of older versions. */
  readonly expected?: boolean;
  /**
   * Place in the order in which records came into this store: only comparing it means something. The store sets it when it
   * publishes; absent in records of older versions, and of imported runs that are older than what was here.
   */
  readonly arrival?: number;
}

/** `result_digest` of a run that made nothing that counts as a result. */
export const NO_RESULT = hashRecord({});

/** The digest of a run's result; null when it has none, because it broke before it made any. */
export function resultOf({ result_digest }: Pick<RunRecord, 'result_digest'>): Digest | null {
  return result_digest === NO_RESULT ? null : result_digest;
}

/**
 * Milliseconds a run took. Ends are labelled by what a monotonic clock measured; records of older versions took both
 * times from the wall clock, so one that was set back in between counts as 0.
 */
export function durationOf({ started_at, ended_at }: Pick<RunRecord, 'started_at' | 'ended_at'>): number {
  return Math.max(0, Date.parse(ended_at) - Date.parse(started_at));
}

/** One call of the batch runner: what was planned and what became of it. */
export interface BatchRecord {
  readonly schema: 'aether-batch/1';
  readonly id: string;
  readonly started_at: string;
  readonly ended_at: string;
  readonly manifests: readonly string[];
  readonly plan_digest: Digest;
  readonly report_digest: Digest;
  /** What the batch did, in numbers; absent in records of older versions. */
  readonly metrics?: Json;
  /** `i/n` when this was only a part of the plan; absent in records of older versions. */
  readonly shard?: string | null;
  /** As of a run; the store sets it. */
  readonly arrival?: number;
  /** What the batch came to, goldens included; absent in records of older versions. */
  readonly verdict?: BatchVerdict;
  readonly outcomes: readonly {
    readonly name: string;
    readonly input_key: Digest;
    readonly state: RunState | 'cached' | 'not_started';
    readonly run: string | null;
    readonly result_digest: Digest | null;
    /** Wall milliseconds of all executions; 0 when cached. */
    readonly duration_ms: number;
    /** Of one execution of these inputs, by this batch or before; null if unknown, absent in records of older versions. */
    readonly measured_ms?: number | null;
    /** Ended as expected: tells an expected fault from another; absent in records of older versions. */
    readonly ok?: boolean;
    /** Ticks computed, and asked for; absent in records of older versions. */
    readonly ticks_completed?: number;
    readonly ticks_total?: number;
    /** What is wrong with it, in one line; null when ok or left, absent in records of older versions. */
    readonly failure?: string | null;
    /**
     * Its golden: `agrees`, `accepted` by this batch, or the code of its issue; null when no golden is asked for. Absent
     * when the batch judged no goldens, and in records of older versions.
     */
    readonly golden?: string | null;
  }[];
}
