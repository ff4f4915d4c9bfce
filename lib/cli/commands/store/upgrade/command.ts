import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS, type StoreArguments } from '../store-options.js';

/** Gives a store the format with segments. */
export function storeUpgradeCommand(context: CommandContext): CommandModule<object, StoreArguments> {
  return {
    command: 'upgrade',
    describe: 'Give a store format 2, in which small files lie together in segments',
    builder: (yargs) =>
      yargs
        .options(STORE_OPTIONS)
        .example('aether store upgrade', 'Later runs go into segments')
        .example('aether store upgrade && aether store pack', 'And so does what is there')
        .epilogue(
          'Programs that know format 1 only refuse the store then. What is in it stays as it is. Refused while others have it open for writing.',
        ) as never,
    handler: async (args) => {
      const { upgradeTree } = await import('./action.js');
      context.exit(await upgradeTree(args, context));
    },
  };
}
