import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { VIEW_OPTIONS } from '../../inspect/view-options.js';
import { oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { oneSince } from '../../options/selection-options.js';
import type { HistoryArguments } from './action.js';

const HISTORY_OPTIONS = {
  since: {
    ...text,
    describe: 'Only batches since a time: an age such as 30d, or a date',
    coerce: oneSince('--since'),
  },
  limit: {
    ...text,
    describe: 'Number of batches to show, the latest first',
    defaultDescription: '20',
    coerce: oneInteger('--limit', 1),
  },
  ...VIEW_OPTIONS,
} as const;

/** Shows a run over the batches. */
export function historyCommand(context: CommandContext): CommandModule<object, HistoryArguments> {
  return {
    command: 'history <name>',
    describe: 'Show a run or scenario over the batches: when its result changed, and why',
    builder: (yargs) =>
      yargs
        .positional('name', { type: 'string', describe: 'Run name, or scenario id' })
        .options(HISTORY_OPTIONS)
        .example('aether history gf01', 'Result, cause of change, golden and time in each batch')
        .example("aether history 'ring-5[ticks=64]' --since 30d", 'One cell of a sweep, the last month')
        .example('aether history ring-5 --json', 'All runs of a scenario, with every change') as never,
    handler: async (args) => {
      const { showHistory } = await import('./action.js');
      context.exit(await showHistory(args, context));
    },
  };
}
