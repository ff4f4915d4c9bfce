import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import { RUN_REF, VIEW_OPTIONS } from '../inspect/view-options.js';
import { oneText } from '../option-values.js';

const PLOT_OPTIONS = {
  output: {
    type: 'string',
    requiresArg: true,
    alias: 'o',
    describe: 'File to write; needed on a terminal',
    defaultDescription: 'stdout',
    coerce: oneText('--output'),
  },
  store: VIEW_OPTIONS.store,
} as const;

export interface PlotArguments {
  readonly run: string;
  readonly store: string;
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
        .example('aether plot latest > run.svg', 'The same through stdout') as never,
    handler: async (args) => {
      const { drawRun } = await import('../inspect/draw-run.js');
      context.exit(await drawRun(args, context));
    },
  };
}
