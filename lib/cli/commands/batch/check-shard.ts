import { UsageError } from '../../command-error.js';
import type { BatchArguments } from './options.js';

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
