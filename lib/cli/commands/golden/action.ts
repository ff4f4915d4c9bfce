import type { CommandContext } from '../../command-context.js';
import type { GoldenArguments } from './options.js';
import type { ExitCode } from '../../exit-codes.js';
import { adoptSnapshot } from './adopt-snapshot.js';
import { judgePending } from './judge-pending.js';
import { reviewPending } from './review-pending.js';
import { reopenResults } from './reopen-rejected.js';
import { goldenStatus } from './golden-status.js';

/** Runs an action of `aether golden`. */
export function goldenAction(args: GoldenArguments, context: CommandContext): Promise<ExitCode> {
  switch (args.action) {
    case 'status':
      return goldenStatus(args, context);
    case 'review':
      return reviewPending(args, context);
    case 'accept':
    case 'reject':
      return judgePending(args, args.action, context);
    case 'adopt':
      return adoptSnapshot(args, context);
    case 'reopen':
      return reopenResults(args, context);
  }
}
