import { UsageError } from '../command-error.js';
import { isCI } from '../is-ci.js';

/** @throws UsageError if CI is set */
export function refuseInCI(env: NodeJS.ProcessEnv, what: string): void {
  if (!isCI(env)) return;
  throw new UsageError(
    `${what} is refused because CI is set: goldens are read-only there`,
    'judge them on your own machine',
  );
}
