import type { BatchSide } from '../../inspect/batch-diff/index.js';
import type { BatchReport } from './batch-report.js';

/** A report as one side of a comparison. */
export function sideOfReport({ batch, runs }: Pick<BatchReport, 'batch' | 'runs'>): BatchSide {
  return {
    batch,
    started_at: null,
    runs: runs.map(({ name, input_key, state, run, result_digest, ok, measured_ms = null, failure }) => {
      return {
        name,
        input_key,
        state,
        run,
        result_digest,
        ok,
        measured_ms,
        failure: failure?.message ?? null,
      };
    }),
  };
}
