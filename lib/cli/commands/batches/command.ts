import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { VIEW_OPTIONS } from '../../inspect/view-options.js';
import { oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import type { BatchesArguments } from './action.js';

const BATCHES_OPTIONS = {
  limit: {
    ...text,
    describe: 'List at most this many, the latest first',
    defaultDescription: '20',
    coerce: oneInteger('--limit', 1),
  },
  ...VIEW_OPTIONS,
} as const;

/** Lists recorded batches, or shows one. */
export function batchesCommand(context: CommandContext): CommandModule<object, BatchesArguments> {
  return {
    command: 'batches [action] [batch]',
    describe: 'List the recorded batches, or show one: counts, failures, goldens, slowest runs',
    builder: (yargs) =>
      yargs
        .positional('action', { choices: ['show'] as const, describe: 'Show one batch' })
        .positional('batch', { type: 'string', describe: 'Batch id or unique prefix, or latest' })
        .options(BATCHES_OPTIONS)
        .example('aether batches', 'The latest batches')
        .example('aether batches show latest', 'Results of the last batch')
        .example('aether batches show latest --json', 'The same, with every run') as never,
    handler: async (args) => {
      const { showBatches } = await import('./action.js');
      context.exit(await showBatches(args, context));
    },
  };
}
