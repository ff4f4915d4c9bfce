import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS } from '../store-options.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';

/** Moves the contents of segments into plain files. */
export function storeUnpackCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'unpack',
    describe: 'Move everything in segments into plain files',
    options: STORE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether store unpack', 'One file per blob, record and reference')
        .epilogue('The store keeps format 2: later runs go into segments again.'),
    handler: acting(context, async () => (await import('../pack/action.js')).unpackTree),
  });
}
