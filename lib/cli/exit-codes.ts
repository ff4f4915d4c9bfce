/**
 * Exit codes of every command (batch contract, section 3): report-error.ts determines that of an error,
 * batch/batch-exit-code.ts that of a batch.
 */
export const EXIT = {
  /** Success. */
  ok: 0,
  /** A run failed, a golden or a repetition differed, or a requested item does not exist. */
  failed: 1,
  /** Wrong usage or invalid documents. */
  usage: 2,
  /** The selection is empty. */
  nothing: 4,
  /**
   * The store is locked, corrupt, full, or has another format; or a report or golden could not be written.
   */
  store: 5,
  /** A bug in Aether. */
  internal: 70,
  /** Stopped by SIGINT, SIGTERM or SIGHUP. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code for an error of the environment. */
export function exitCodeOf(code: string): ExitCode {
  const isOnDisk = code.startsWith('STORE_') || code === 'REPORT_NOT_WRITTEN' || code === 'GOLDEN_IO';
  return isOnDisk ? EXIT.store : EXIT.failed;
}
