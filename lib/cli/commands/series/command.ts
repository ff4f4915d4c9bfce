import type { CommandModule } from 'yargs';
import { TABLE_FORMATS } from '../../../inspect/table/formats/table-pieces.js';
import type { CommandContext } from '../../command-context.js';
import { manyTexts, oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { OUTPUT_OPTIONS } from '../../options/output-options.js';
import { SELECTION_OPTIONS, SELECTOR_OPERANDS } from '../../options/selection-options.js';
import type { SeriesArguments } from './action.js';

const SERIES_OPTIONS = {
  metric: {
    ...text,
    repeats: true,
    describe:
      'Values of each tick, separated by commas: C_t, s_t, sum_abs_flux, sum_u, min_u, max_u, nonzero_nodes, u[3], u[*], f[7], f[*], press_bits, press_bits.<stream>',
    coerce: manyTexts,
  },
  from: { ...text, describe: 'First tick', defaultDescription: '1', coerce: oneInteger('--from', 1) },
  to: { ...text, describe: 'Last tick', coerce: oneInteger('--to', 1) },
  every: { ...text, describe: 'Only every k-th tick', coerce: oneInteger('--every', 1) },
  points: {
    ...text,
    describe: 'Approximate number of rows per run; minima and maxima are kept',
    coerce: oneInteger('--points', 2),
  },
  wide: { type: 'boolean', describe: 'One column per run', conflicts: 'long' },
  long: { type: 'boolean', describe: 'A column for the run, and one row per run and tick' },
  format: {
    ...text,
    choices: TABLE_FORMATS,
    describe: 'Format of the output',
    defaultDescription: 'from the file name, else csv',
  },
  ...OUTPUT_OPTIONS,
} as const;

/** Values over ticks, of one run or several. */
export function seriesCommand(context: CommandContext): CommandModule<object, SeriesArguments> {
  return {
    command: 'series [selector..]',
    describe: 'Write values over ticks as csv, jsonl, parquet or arrow',
    builder: (yargs) =>
      yargs
        .positional('selector', SELECTOR_OPERANDS)
        .options(SERIES_OPTIONS)
        .options(SELECTION_OPTIONS)
        .example("aether series ring-5 --metric 'C_t,u[1],u[2]'", 'Chain value and two nodes, tick by tick')
        .example(
          "aether series 'ring-5[[]*' --metric max_u --wide -o max.csv",
          'One column per run of a sweep',
        )
        .example(
          'aether series latest --metric sum_abs_flux --points 500',
          'About five hundred rows, with minima and maxima',
        ) as never,
    handler: async (args) => {
      const { writeSeries } = await import('./action.js');
      context.exit(await writeSeries(args, context));
    },
  };
}
