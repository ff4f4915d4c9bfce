import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS } from '../store-options.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';
import { STORE_PIN_OPERANDS } from '../pin/options.js';

/** Allows gc to remove a pinned run again. */
export function storeUnpinCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'unpin',
    describe: 'Allow gc to remove a pinned run again',
    operands: STORE_PIN_OPERANDS,
    options: STORE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether store unpin latest', 'The latest run')
        .example("aether store unpin 'ring-5[ticks=64]'", 'The latest run of that name'),
    handler: acting(context, async () => (await import('../pin/action.js')).unpinStored),
  });
}
