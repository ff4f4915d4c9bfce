import type { BatchSummary } from '../../batch/batch-event.js';
import { EXIT, exitCodeOf, type ExitCode } from '../exit-codes.js';

/**
 * The exit code of a batch, goldens aside. The most pressing thing decides: an unusable store, then an interruption, then
 * failures.
 */
export function endOf(summary: BatchSummary): ExitCode {
  if (summary.store_error !== null) return exitCodeOf(summary.store_error);
  if (summary.stopped_by === 'interrupted') return EXIT.interrupted;
  const isComplete = summary.failed === 0 && summary.not_started === 0 && summary.cancelled === 0;
  return isComplete ? EXIT.ok : EXIT.failed;
}
