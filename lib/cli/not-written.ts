import { AetherError } from '../base/errors.js';

/** A report that could not be written, and why; the runs are not affected. */
export function notWritten(path: string, error: unknown): AetherError {
  const why = error instanceof Error ? error.message : String(error);
  return new AetherError('REPORT_NOT_WRITTEN', `cannot write ${path}: ${why}`, error);
}
