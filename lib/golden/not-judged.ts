import { AetherError } from '../base/errors.js';

/**
 * Why a golden that a selected run asks for was not judged. run_missing: the run stands in no record any more;
 * unreadable: its record, its artefacts or the golden cannot be read; run_failed, run_left: the run itself came to no
 * result; check_failed: the comparison of all goldens broke off.
 */
type NotJudgedCause = 'run_missing' | 'unreadable' | 'run_failed' | 'run_left' | 'check_failed';

/** A golden that a selected run asks for and that was not judged; it counts as a failure. */
export interface NotJudged {
  readonly name: string;
  readonly because: NotJudgedCause;
  /** One line. */
  readonly reason: string;
}

/** True when the run itself already counts as failed or left, so that its golden is no complaint of its own. */
export function isOfBadRun({ because }: NotJudged): boolean {
  return because === 'run_failed' || because === 'run_left';
}

/** @throws whatever is not an error of the environment: a bug */
export function unreadable(name: string, error: unknown): NotJudged {
  if (!(error instanceof AetherError)) throw error;
  return { name, because: 'unreadable', reason: `${error.code}: ${error.message}` };
}
