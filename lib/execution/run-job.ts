import type { Json } from '../base/canonical-json.js';
import type { Digest } from '../base/digest.js';
import type { StagedBlob, StagerSpec } from '../store/port.js';
import type { ControlMemory } from './control-block.js';
import type { JobInputs } from './job-inputs.js';
import { NO_RESULT, type ArtefactEntry, type RunFailure } from '../store/record-types.js';
import type { RunObservables } from '../base/observables.js';
import type { RunId } from '../base/run-id.js';

/** A job of an executor: one run. Plain data: it is sent to threads by structured clone. */
export interface RunJob {
  /** Id of the future run record; identifies the run in its log. */
  readonly id: RunId;
  readonly inputs: JobInputs;
  readonly stager: StagerSpec;
  readonly retain: 'full' | 'compact';
  /** Target chunk size in bytes; null for the default of the session. */
  readonly chunk_bytes: number | null;
  /** Memory of a ControlBlock. */
  readonly control: ControlMemory;
  /** True for a short job: it may be sent together with others, and wait for them. */
  readonly quick?: boolean;
}

/** End of the computation. `failed` is a bug in the engine: it threw an error that is not a fault. */
export type JobOutcome =
  | { readonly state: 'completed' | 'cancelled'; readonly failure: null }
  | { readonly state: 'faulted' | 'failed'; readonly failure: RunFailure };

/** Result of a job. Plain data; the blobs are staged, not yet published. */
export interface RunJobResult {
  readonly outcome: JobOutcome;
  readonly ticks_completed: number;
  readonly artefacts: readonly ArtefactEntry[];
  readonly result_digest: Digest;
  readonly blobs: readonly StagedBlob[];
  readonly metrics: Json;
  /** Null for a run that faulted or completed no tick. */
  readonly observables: RunObservables | null;
  readonly loom: { readonly tip: Digest | null; readonly i_blocks: number };
  /** Times of a quick job, which only the executor knows: it may have waited for others. */
  readonly computed?: {
    /** Milliseconds since the Unix epoch. */
    readonly started: number;
    readonly took_ms: number;
  };
}

/** Artefacts of a failed run. */
export const NOTHING_MADE = {
  artefacts: [],
  result_digest: NO_RESULT,
  blobs: [],
  metrics: null,
  observables: null,
  loom: { tip: null, i_blocks: 0 },
} as const;
