import type { CommandModule } from 'yargs';
import { CHART_KINDS } from '../../../inspect/chart/chart-query.js';
import type { CommandContext } from '../../command-context.js';
import { text } from '../../options/common-options.js';
import { OPEN_OPTION } from '../../output/open-output.js';
import { SELECTION_OPTIONS, SELECTOR_OPERANDS } from '../../options/selection-options.js';
import type { PlotArguments } from './arguments.js';

/** Options that select a drawing of many runs. */
const CHART_OPTIONS = {
  x: {
    ...text,
    describe: 'Column of the x axis: an axis of the sweep, or any other column',
    defaultDescription: 'what varies',
  },
  y: {
    ...text,
    describe: 'Integer column of the y axis; in a heat map the shade',
    defaultDescription: 'press_bits',
  },
  series: { ...text, describe: 'Column that selects the colour; in a heat map the rows' },
  facet: { ...text, describe: 'Column that selects the panel' },
  kind: {
    ...text,
    choices: CHART_KINDS,
    describe: 'Kind of the drawing',
    defaultDescription: 'derived from the columns',
  },
  title: { ...text, describe: 'Title of the drawing' },
} as const;

const PLOT_OPTIONS = {
  output: {
    ...text,
    path: 'file',
    alias: 'o',
    describe: 'File to write, .svg or .html; required if standard output is a terminal',
    defaultDescription: 'stdout',
  },
  open: OPEN_OPTION,
  ...CHART_OPTIONS,
  json: { type: 'boolean', describe: 'Print the points of the drawing of one run as JSON' },
} as const;

/** Draws a run over its ticks, or many runs against each other. */
export function plotCommand(context: CommandContext): CommandModule<object, PlotArguments> {
  return {
    command: 'plot [selector..]',
    describe: 'Draw one run over its ticks, or many runs against each other, as SVG',
    builder: (yargs) =>
      yargs
        .positional('selector', SELECTOR_OPERANDS)
        .options(PLOT_OPTIONS)
        .options(SELECTION_OPTIONS)
        .example('aether plot gf02-grid -o grid.svg', 'State, flux and sum of a run over its ticks')
        .example("aether plot 'ring-5[[]*' -o ring-5.svg", 'A sweep, over its axes')
        .example(
          'aether plot --batch latest --x ticks --y press_bits --kind scatter -o bits.svg',
          'A mark for each run',
        )
        .example('aether plot latest -o run.svg --open', 'Write the drawing and open it')
        .example('aether plot latest > run.svg', 'The same through stdout')
        .example('aether plot latest --json', 'Lowest and highest values per column of ticks') as never,
    handler: async (args) => {
      const { draw } = await import('./action.js');
      context.exit(await draw(args, context));
    },
  };
}
