import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS, type StoreArguments } from '../store-options.js';

/** Moves the contents of segments into plain files. */
export function storeUnpackCommand(context: CommandContext): CommandModule<object, StoreArguments> {
  return {
    command: 'unpack',
    describe: 'Move everything in segments into plain files',
    builder: (yargs) =>
      yargs
        .options(STORE_OPTIONS)
        .example('aether store unpack', 'One file per blob, record and reference')
        .epilogue('The store keeps format 2: later runs go into segments again.') as never,
    handler: async (args) => {
      const { unpackTree } = await import('../pack/action.js');
      context.exit(await unpackTree(args, context));
    },
  };
}
