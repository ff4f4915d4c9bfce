import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS } from '../store-options.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';

/** Moves small files into segments. */
export function storePackCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'pack',
    describe: 'Move small files into segments, and merge small segments',
    options: STORE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether store pack', 'Blobs up to 128 KiB, run records and references')
        .epilogue('For a store of format 2 (aether store upgrade). Safe while batches run.'),
    handler: acting(context, async () => (await import('./action.js')).packTree),
  });
}
