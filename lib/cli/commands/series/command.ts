import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { SERIES_OPERANDS, SERIES_OPTIONS } from './options.js';

/** Values over ticks, of one run or several. */
export function seriesCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'series',
    describe: 'Write values over ticks as csv, jsonl, parquet or arrow',
    operands: SERIES_OPERANDS,
    options: SERIES_OPTIONS,
    builder: (yargs) =>
      yargs
        .example("aether series ring-5 --metric 'C_t,u[1],u[2]'", 'Chain value and two nodes, tick by tick')
        .example(
          "aether series 'ring-5[[]*' --metric max_u --wide -o max.csv",
          'One column per run of a sweep',
        )
        .example(
          'aether series latest --metric sum_abs_flux --points 500',
          'About five hundred rows, with minima and maxima',
        ),
    handler: acting(context, async () => (await import('./action.js')).writeSeries),
  });
}
