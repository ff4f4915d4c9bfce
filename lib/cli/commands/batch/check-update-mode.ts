import type { UpdateMode } from '../../../golden/check/update-mode.js';
import { UsageError } from '../../command-error.js';
import { refuseInCI } from '../../golden/read-only.js';
import type { BatchArguments } from './options.js';

/**
 * Refuses a call in which updating goldens makes no sense, before anything runs.
 *
 * @throws UsageError
 */
export function checkUpdateMode(args: BatchArguments, env: NodeJS.ProcessEnv): UpdateMode {
  const update = args['update-golden'] ?? 'none';
  if (update === 'none') return update;
  refuseInCI(env, '-u');
  if (args.golden === false) throw new UsageError('-u cannot be used with --no-golden');
  if ((args.set ?? []).length === 0) return update;
  throw new UsageError('-u cannot be used with -S: it would accept results of overridden documents');
}
