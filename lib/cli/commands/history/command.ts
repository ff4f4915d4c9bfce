import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { HISTORY_OPERANDS, HISTORY_OPTIONS } from './options.js';

/** Shows a run over the batches. */
export function historyCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'history',
    describe: 'Show a run or scenario over the batches: when its result changed, and why',
    operands: HISTORY_OPERANDS,
    options: HISTORY_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether history gf01', 'Result, cause of change, golden and time in each batch')
        .example("aether history 'ring-5[ticks=64]' --since 30d", 'One cell of a sweep, the last month')
        .example('aether history ring-5 --json', 'All runs of a scenario, with every change'),
    handler: acting(context, async () => (await import('./action.js')).showHistory),
  });
}
