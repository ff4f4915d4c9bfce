import { AetherError, errorCode } from '../../base/errors.js';
import { memoryOf } from '../job-inputs.js';
import type { RunJob } from '../run-job.js';

/** Refuses a run that does not fit into memory, because exhausted memory may end the whole process. */
export function refuseTooLarge({ inputs }: RunJob, most: number): void {
  if (most === Infinity) return;
  const needed = memoryOf(inputs);
  if (needed <= most) return;
  throw new AetherError(
    'WORKER_OUT_OF_MEMORY',
    `the run needs an estimated ${mebibytes(needed)} of memory, and its worker may use ${mebibytes(most)}`,
  );
}

function mebibytes(bytes: number): string {
  return `${String(Math.ceil(bytes / 2 ** 20))} MiB`;
}

/** Converts the reason why a thread did not answer. */
export function workerError(error: unknown): AetherError {
  if (error instanceof AetherError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new AetherError(
      'WORKER_OUT_OF_MEMORY',
      'the run needs more memory than its worker may use',
      error,
    );
  }
  if (['EMFILE', 'ENFILE'].includes(errorCode(error) ?? '')) {
    return new AetherError('STORE_TOO_MANY_FILES', `no worker thread can be started: ${message}`, error);
  }
  return new AetherError('WORKER_DIED', `the worker thread ended: ${message}`, error);
}
