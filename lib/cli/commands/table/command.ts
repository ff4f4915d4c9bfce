import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { TABLE_OPERANDS, TABLE_OPTIONS } from './options.js';

/** One row for each selected run. */
export function tableCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'table',
    describe: 'Show runs as a table: their varying inputs and their results',
    operands: TABLE_OPERANDS,
    options: TABLE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether table --scenario ring-sweep', 'Every run of a sweep')
        .example(
          "aether table --where 'ticks>=32' --sort -press_bits --limit 10",
          'The ten with the most bits',
        )
        .example('aether table --batch latest -o night.parquet', 'For pandas, polars or DuckDB')
        .example('aether table --group-by profile --agg mean,max --columns press_bits', 'By profile'),
    handler: acting(context, async () => (await import('./action.js')).showTable),
  });
}
