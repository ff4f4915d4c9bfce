import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS } from '../store-options.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';
import { STORE_PIN_OPERANDS } from './options.js';

/** Protects a run from gc until it is unpinned. */
export function storePinCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'pin',
    describe: 'Protect a run from gc until it is unpinned',
    operands: STORE_PIN_OPERANDS,
    options: STORE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether store pin latest', 'The latest run')
        .example("aether store pin 'ring-5[ticks=64]'", 'The latest run of that name'),
    handler: acting(context, async () => (await import('./action.js')).pinStored),
  });
}
