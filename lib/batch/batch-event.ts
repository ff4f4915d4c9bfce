import type { RunId } from '../base/run-id.js';
import type { BatchVerdict, RunCounts } from '../store/batch-verdict.js';
import type { RunOutcome } from './outcome.js';

/** Events of a batch, as one union; reporters receive them. Plain data, without time. */
export type BatchEvent =
  | {
      readonly type: 'batch_start';
      readonly batch: string;
      readonly total: number;
      readonly to_run: number;
      readonly cached: number;
      /** Runs that share the result of an executed run; with them the counts add up to the total. */
      readonly shared: number;
      readonly jobs: number;
      /**
       * Predicted computing time in milliseconds of all runs to execute and their repetitions, on one slot.
       */
      readonly work_ms: number;
    }
  | {
      readonly type: 'run_start';
      readonly name: string;
      readonly run: RunId;
      readonly ticks_total: number;
      /** From 1. */
      readonly attempt: number;
      readonly repetition: number;
      /** Number of executions of the run. */
      readonly repetitions: number;
      /** Predicted computing time in milliseconds of this execution. */
      readonly work_ms: number;
    }
  | {
      readonly type: 'run_retry';
      readonly name: string;
      readonly attempt: number;
      readonly code: string;
      readonly message: string;
    }
  | {
      readonly type: 'run_end';
      readonly outcome: RunOutcome;
      /** Predicted time of all its repetitions; 0 if it was not to be executed. */
      readonly work_ms: number;
    }
  | { readonly type: 'stopping'; readonly because: StopCause; readonly running: number }
  | {
      /** The batch itself could not be recorded; its runs are stored. */
      readonly type: 'store_error';
      readonly code: string;
      readonly message: string;
    }
  | { readonly type: 'batch_end'; readonly summary: BatchSummary; readonly verdict: BatchVerdict };

/** Why a batch starts no more runs before all are done. */
export type StopCause = 'interrupted' | 'max_failures' | 'global_timeout' | 'store_unusable';

export interface BatchSummary extends RunCounts {
  readonly batch: string;
  readonly stopped_by: StopCause | null;
  /** Code of the store error, if results could not be stored. */
  readonly store_error: string | null;
  readonly duration_ms: number;
}

export type BatchEventSink = (event: BatchEvent) => void;
