import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import { RUN_REF, VIEW_OPTIONS, type ViewArguments } from '../inspect/view-options.js';
import { text } from '../options/common-options.js';

const PLOT_OPTIONS = {
  output: {
    ...text,
    path: 'file',
    alias: 'o',
    describe: 'File to write; a drawing needs one on a terminal',
    defaultDescription: 'stdout',
  },
  ...VIEW_OPTIONS,
  json: { type: 'boolean', describe: 'Instead of the drawing: the points it shows as JSON' },
} as const;

export interface PlotArguments extends ViewArguments {
  readonly run: string;
  readonly output?: string;
}

/** Draws a run. */
export function plotCommand(context: CommandContext): CommandModule<object, PlotArguments> {
  return {
    command: 'plot <run>',
    describe: 'Draw state, flux and sum over ticks as SVG',
    builder: (yargs) =>
      yargs
        .positional('run', RUN_REF)
        .options(PLOT_OPTIONS)
        .example('aether plot gf02-grid -o grid.svg', 'Write the drawing to a file')
        .example('aether plot latest > run.svg', 'The same through stdout')
        .example('aether plot latest --json', 'Lowest and highest values per column of ticks') as never,
    handler: async (args) => {
      const { drawRun } = await import('../inspect/draw-run.js');
      context.exit(await drawRun(args, context));
    },
  };
}
