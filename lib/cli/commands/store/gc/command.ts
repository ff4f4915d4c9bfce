import type { CommandContext } from '../../../command-context.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';
import { STORE_GC_OPTIONS } from './options.js';

/** Removes unneeded blobs and runs. */
export function storeGcCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'gc',
    describe: 'Remove blobs that no run needs, and runs beyond the given limits',
    options: STORE_GC_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether store gc --dry-run', 'Show what would be removed')
        .example('aether store gc --keep-days 30 --keep-last 2', 'A run stays if either rule keeps it')
        .example('aether store gc --max-size 20GiB', 'Remove the oldest runs until the store fits')
        .epilogue('Pinned runs and the newest run of each golden result are kept. Safe while batches run.'),
    handler: acting(context, async () => (await import('./action.js')).collectTree),
  });
}
