import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { BATCHES_OPERANDS, BATCHES_OPTIONS } from './options.js';

/** Lists recorded batches, or shows one. */
export function batchesCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'batches',
    describe: 'List the recorded batches, or show one: counts, failures, goldens, slowest runs',
    operands: BATCHES_OPERANDS,
    options: BATCHES_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether batches', 'The latest batches')
        .example('aether batches show latest', 'Results of the last batch')
        .example('aether batches show latest --json', 'The same, with every run'),
    handler: acting(context, async () => (await import('./action.js')).showBatches),
  });
}
