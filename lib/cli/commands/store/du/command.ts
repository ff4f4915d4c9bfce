import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS, type StoreArguments } from '../store-options.js';

const STORE_DU_OPTIONS = STORE_OPTIONS;

/** Shows the disk usage of the tree. */
export function storeDuCommand(context: CommandContext): CommandModule<object, StoreArguments> {
  return {
    command: 'du',
    describe: 'Show the disk usage by artefact kind and by scenario',
    builder: (yargs) =>
      yargs
        .options(STORE_DU_OPTIONS)
        .example('aether store du', 'Sizes, bytes saved by sharing, and bytes that gc would free')
        .example('aether store du --json', 'The same for a script') as never,
    handler: async (args) => {
      const { showUsage } = await import('./action.js');
      context.exit(await showUsage(args, context));
    },
  };
}
