import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS, type StoreArguments } from '../store-options.js';

/** Moves small files into segments. */
export function storePackCommand(context: CommandContext): CommandModule<object, StoreArguments> {
  return {
    command: 'pack',
    describe: 'Move small files into segments, and merge small segments',
    builder: (yargs) =>
      yargs
        .options(STORE_OPTIONS)
        .example('aether store pack', 'Blobs up to 128 KiB, run records and references')
        .epilogue('For a store of format 2 (aether store upgrade). Safe while batches run.') as never,
    handler: async (args) => {
      const { packTree } = await import('./action.js');
      context.exit(await packTree(args, context));
    },
  };
}
