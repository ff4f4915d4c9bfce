import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import { SELECTOR_OPERANDS } from '../options/selection-options.js';
import { VIEW_OPTIONS, type ViewArguments } from '../inspect/view-options.js';

export interface CompareArguments extends ViewArguments {
  readonly runs: readonly string[];
}

/** Compares any number of runs. */
export function compareCommand(context: CommandContext): CommandModule<object, CompareArguments> {
  return {
    command: 'compare <runs..>',
    describe: 'Put runs side by side: inputs that differ, observables, and where each parts from the first',
    builder: (yargs) =>
      yargs
        .positional('runs', SELECTOR_OPERANDS)
        .options(VIEW_OPTIONS)
        .example(
          "aether compare ring-5 'ring-5[ticks=64]' 'ring-5[ticks=128]'",
          'Three runs, against the first',
        )
        .example("aether compare 'ring-5[[]*' --json", 'Every cell of a sweep')
        .epilogue(
          'aether diff looks closer at two of them; aether table has one row for each of many.',
        ) as never,
    handler: async (args) => {
      const { showComparison } = await import('../inspect/show-comparison.js');
      context.exit(await showComparison(args, context));
    },
  };
}
