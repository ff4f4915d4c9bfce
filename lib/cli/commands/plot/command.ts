import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { PLOT_OPERANDS, PLOT_OPTIONS } from './options.js';

/** Draws a run over its ticks, or many runs against each other. */
export function plotCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'plot',
    describe: 'Draw one run over its ticks, or many runs against each other, as SVG',
    operands: PLOT_OPERANDS,
    options: PLOT_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether plot gf02-grid -o grid.svg', 'State, flux and sum of a run over its ticks')
        .example("aether plot 'ring-5[[]*' -o ring-5.svg", 'A sweep, over its axes')
        .example(
          'aether plot --batch latest --x ticks --y press_bits --kind scatter -o bits.svg',
          'A mark for each run',
        )
        .example('aether plot latest -o run.svg --open', 'Write the drawing and open it')
        .example('aether plot latest > run.svg', 'The same through stdout')
        .example('aether plot latest --json', 'Lowest and highest values per column of ticks'),
    handler: acting(context, async () => (await import('./action.js')).draw),
  });
}
