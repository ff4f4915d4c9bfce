import { AetherError } from '../../base/errors.js';
import type { Checked } from '../../base/problem.js';
import { describeNotFound, type Lookup } from './lookup.js';
import type { Selected } from '../selection/selection.js';

/**
 * The value of an answer, for callers that cannot continue without it.
 *
 * @throws AetherError NO_VALUE with the reason in one line
 */
export function valueOrThrow<T>(answer: Lookup<T> | Selected<T> | Checked<T>): T {
  if (answer.ok) return answer.value;
  throw new AetherError('NO_VALUE', reasonOf(answer), answer);
}

function reasonOf(
  answer: Exclude<Lookup<unknown> | Selected<unknown> | Checked<unknown>, { ok: true }>,
): string {
  if ('reason' in answer) return describeNotFound(answer);
  if ('problems' in answer) {
    return answer.problems.map(({ file, line, message }) => `${file}:${String(line)}: ${message}`).join('; ');
  }
  const { message, hint } = answer.problem;
  return hint === undefined ? message : `${message}; ${hint}`;
}
