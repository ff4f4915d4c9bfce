import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS, type StoreArguments } from '../store-options.js';

/** Upgrades a store to the format with segments. */
export function storeUpgradeCommand(context: CommandContext): CommandModule<object, StoreArguments> {
  return {
    command: 'upgrade',
    describe: 'Upgrade a store to format 2, which keeps small files in segments',
    builder: (yargs) =>
      yargs
        .options(STORE_OPTIONS)
        .example('aether store upgrade', 'New runs are written to segments')
        .example('aether store upgrade && aether store pack', 'Existing runs as well')
        .epilogue(
          'Programs that support only format 1 then refuse the store. Existing files stay unchanged. Fails while another process has the store open for writing.',
        ) as never,
    handler: async (args) => {
      const { upgradeTree } = await import('./action.js');
      context.exit(await upgradeTree(args, context));
    },
  };
}
