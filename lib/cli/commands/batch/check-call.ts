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
/**
 * Refuses to divide a plan that depends on the changing store: the parts would not belong to one plan.
 *
 * @throws UsageError
 */
export function checkShard(args: Pick<BatchArguments, 'shard' | 'last-failed'>): void {
  if (args.shard === undefined || args['last-failed'] !== true) return;
  throw new UsageError(
    '--last-failed cannot be used with --shard: the set of failed runs changes while the shards run',
    'name the runs with -g, or run the failed ones on one machine',
  );
}
