import type { CommandModule } from 'yargs';
import { AGGREGATIONS } from '../../../inspect/table/table.js';
import { TABLE_FORMATS } from '../../../inspect/table/formats/table-pieces.js';
import type { CommandContext } from '../../command-context.js';
import { manyTexts, oneInteger, wordsOf } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { OUTPUT_OPTIONS } from '../../options/output-options.js';
import { SELECTION_OPTIONS, SELECTOR_OPERANDS } from '../../options/selection-options.js';
import type { TableArguments } from './action.js';

const TABLE_OPTIONS = {
  columns: {
    ...text,
    repeats: true,
    describe: 'Columns and globs over them, separated by commas, such as run,ticks,press_bits.*',
    defaultDescription: 'the varying columns and the results',
    coerce: manyTexts,
  },
  sort: {
    ...text,
    repeats: true,
    signed: true,
    describe: 'Columns to sort by, with - for descending order, such as -press_bits,run',
    defaultDescription: 'run',
    coerce: manyTexts,
  },
  'group-by': {
    ...text,
    repeats: true,
    describe: 'One row for each combination of the values of these columns',
    coerce: manyTexts,
  },
  agg: {
    ...text,
    repeats: true,
    describe: `Aggregations of each column of a group: ${AGGREGATIONS.join(', ')}`,
    defaultDescription: 'count',
    coerce: wordsOf('--agg', AGGREGATIONS),
  },
  offset: { ...text, describe: 'Rows to skip', coerce: oneInteger('--offset', 0) },
  limit: { ...text, describe: 'Maximum of rows', coerce: oneInteger('--limit', 1) },
  format: {
    ...text,
    choices: ['table', ...TABLE_FORMATS],
    describe: 'Format of the output',
    defaultDescription: 'from the file name, else table',
  },
  ...OUTPUT_OPTIONS,
} as const;

/** One row for each selected run. */
export function tableCommand(context: CommandContext): CommandModule<object, TableArguments> {
  return {
    command: 'table [selector..]',
    describe: 'Show runs as a table: their varying inputs and their results',
    builder: (yargs) =>
      yargs
        .positional('selector', SELECTOR_OPERANDS)
        .options(TABLE_OPTIONS)
        .options(SELECTION_OPTIONS)
        .example('aether table --scenario ring-sweep', 'Every run of a sweep')
        .example(
          "aether table --where 'ticks>=32' --sort -press_bits --limit 10",
          'The ten with the most bits',
        )
        .example('aether table --batch latest -o night.parquet', 'For pandas, polars or DuckDB')
        .example(
          'aether table --group-by profile --agg mean,max --columns press_bits',
          'By profile',
        ) as never,
    handler: async (args) => {
      const { showTable } = await import('./action.js');
      context.exit(await showTable(args, context));
    },
  };
}
