import type { BatchVerdict, RunCounts } from '../store/batch-verdict.js';
import type { RunOutcome } from './outcome.js';

/** What happens while a batch runs, as one union; reporters listen. Plain data, without time. */
export type BatchEvent =
  | {
      readonly type: 'batch_start';
      readonly batch: string;
      readonly total: number;
      readonly to_run: number;
      readonly cached: number;
      /** Runs that share the result of a run to execute; with them the counts add up to the total. */
      readonly shared: number;
      readonly jobs: number;
      /** Predicted milliseconds of computing for all runs to execute and their repetitions, on one slot. */
      readonly work_ms: number;
    }
  | {
      readonly type: 'run_start';
      readonly name: string;
      readonly run: string;
      readonly ticks_total: number;
      /** From 1. */
      readonly attempt: number;
      readonly repetition: number;
      /** How often the run is computed in all. */
      readonly repetitions: number;
      /** Predicted milliseconds of computing, of this one execution. */
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
      /** What was predicted for all its repetitions; 0 when it was not to be executed. */
      readonly work_ms: number;
    }
  | { readonly type: 'stopping'; readonly because: StopCause; readonly running: number }
  | {
      /** The batch itself could not be recorded; its runs are kept. */
      readonly type: 'store_error';
      readonly code: string;
      readonly message: string;
    }
  | { readonly type: 'batch_end'; readonly summary: BatchSummary; readonly verdict: BatchVerdict };

/** Why a batch stops starting runs before all are done. */
export type StopCause = 'interrupted' | 'max_failures' | 'global_timeout' | 'store_unusable';

export interface BatchSummary extends RunCounts {
  readonly batch: string;
  readonly stopped_by: StopCause | null;
  /** The code of the store's error, if one kept results from being kept. */
  readonly store_error: string | null;
  readonly duration_ms: number;
}

export type BatchEventSink = (event: BatchEvent) => void;
