import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { manyTexts } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { SELECTION_OPTIONS, SELECTOR_OPERANDS } from '../../options/selection-options.js';
import { OPEN_OPTION } from '../../output/open-output.js';
import type { CompareArguments } from './action.js';

const COMPARE_OPTIONS = {
  json: { type: 'boolean', describe: 'Print the answer as JSON' },
  output: {
    ...text,
    path: 'file',
    alias: 'o',
    describe: 'File to write, .svg or .html: the runs over the same ticks, one panel per metric',
  },
  metric: {
    ...text,
    repeats: true,
    describe: 'Metrics to draw, named as in aether series, separated by commas',
    defaultDescription: 'sum_abs_flux,max_u,min_u',
    coerce: manyTexts,
  },
  open: OPEN_OPTION,
} as const;

/** Compares any number of runs. */
export function compareCommand(context: CommandContext): CommandModule<object, CompareArguments> {
  return {
    command: 'compare [selector..]',
    describe: 'Compare runs: inputs that differ, observables, and the first difference from the first run',
    builder: (yargs) =>
      yargs
        .positional('selector', SELECTOR_OPERANDS)
        .options(COMPARE_OPTIONS)
        .options(SELECTION_OPTIONS)
        .example(
          "aether compare ring-5 'ring-5[ticks=64]' 'ring-5[ticks=128]'",
          'Three runs, compared with the first',
        )
        .example("aether compare 'ring-5[[]*' --json", 'Every cell of a sweep')
        .example(
          "aether compare ring-5 'ring-5[ticks=64]' -o both.svg --metric 'u[1],C_t'",
          'Also draw both runs over their ticks',
        )
        .epilogue('For details of two runs use aether diff; for a row per run use aether table.') as never,
    handler: async (args) => {
      const { showComparison } = await import('./action.js');
      context.exit(await showComparison(args, context));
    },
  };
}
