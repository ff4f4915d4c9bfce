import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { RUN_REF } from '../../../inspect/view-options.js';
import { STORE_OPTIONS } from '../store-options.js';
import type { StoreUnpinArguments } from '../pin/action.js';

const STORE_UNPIN_OPTIONS = STORE_OPTIONS;

/** Allows gc to remove a pinned run again. */
export function storeUnpinCommand(context: CommandContext): CommandModule<object, StoreUnpinArguments> {
  return {
    command: 'unpin <run>',
    describe: 'Allow gc to remove a pinned run again',
    builder: (yargs) =>
      yargs
        .positional('run', RUN_REF)
        .options(STORE_UNPIN_OPTIONS)
        .example('aether store unpin latest', 'The latest run')
        .example("aether store unpin 'ring-5[ticks=64]'", 'The latest run of that name') as never,
    handler: async (args) => {
      const { unpinStored } = await import('../pin/action.js');
      context.exit(await unpinStored(args, context));
    },
  };
}
