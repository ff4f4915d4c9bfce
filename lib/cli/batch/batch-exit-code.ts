import type { BatchVerdict } from '../../store/batch-verdict.js';
import { EXIT, exitCodeOf, type ExitCode } from '../exit-codes.js';

/**
 * The exit code of a verdict. The most severe cause decides: an unusable store, then an interruption, then
 * failures.
 */
export function batchExitCode({ ok, store_error, stopped_by }: BatchVerdict): ExitCode {
  if (ok) return EXIT.ok;
  if (store_error !== null) return exitCodeOf(store_error);
  return stopped_by === 'interrupted' ? EXIT.interrupted : EXIT.failed;
}
