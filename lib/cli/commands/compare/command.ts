import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { COMPARE_OPERANDS, COMPARE_OPTIONS } from './options.js';

/** Compares any number of runs. */
export function compareCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'compare',
    describe: 'Compare runs: inputs that differ, observables, and the first difference from the first run',
    operands: COMPARE_OPERANDS,
    options: COMPARE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example(
          "aether compare ring-5 'ring-5[ticks=64]' 'ring-5[ticks=128]'",
          'Three runs, compared with the first',
        )
        .example("aether compare 'ring-5[[]*' --json", 'Every cell of a sweep')
        .example(
          "aether compare ring-5 'ring-5[ticks=64]' -o both.svg --metric 'u[1],C_t'",
          'Also draw both runs over their ticks',
        )
        .epilogue('For details of two runs use aether diff; for a row per run use aether table.'),
    handler: acting(context, async () => (await import('./action.js')).showComparison),
  });
}
