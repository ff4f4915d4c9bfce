import { AetherError } from '../../base/errors.js';

/**
 * Why a golden requested by a selected run was not judged. run_missing: the run has no record any more;
 * unreadable: its record, its artefacts or the golden cannot be read; run_failed, run_left: the run itself
 * has no result; check_failed: the comparison of all goldens failed.
 */
type NotJudgedCause = 'run_missing' | 'unreadable' | 'run_failed' | 'run_left' | 'check_failed';

/** A golden that a selected run requests and that was not judged; it counts as a failure. */
export interface NotJudged {
  readonly name: string;
  readonly because: NotJudgedCause;
  /** One line. */
  readonly reason: string;
}

/** True if the run itself already counts as failed or left, so that its golden is not a separate failure. */
export function isOfBadRun({ because }: NotJudged): boolean {
  return because === 'run_failed' || because === 'run_left';
}

/** @throws every error that is not an error of the environment: a bug */
export function unreadable(name: string, error: unknown): NotJudged {
  if (!(error instanceof AetherError)) throw error;
  return { name, because: 'unreadable', reason: `${error.code}: ${error.message}` };
}
