import type { CommandContext } from '../../command-context.js';
import { declareCommand, type Command } from '../../options/declare-command.js';
import { RUN_OPERANDS, RUN_OPTIONS } from './options.js';

/** Runs one scenario, one cell of it, or one RunConfig file. */
export function runCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'run',
    describe: 'Run one scenario or RunConfig file',
    operands: RUN_OPERANDS,
    options: RUN_OPTIONS,
    conflicts: { watch: ['json'] },
    builder: (yargs) =>
      yargs
        .example('aether run gf01', 'Run a scenario of manifests/*.yaml')
        .example('aether run ring-5 -S run.ticks=64', 'With another number of ticks')
        .example(
          'aether run my-run.json --watch',
          'Run again after each change, compared with the previous run',
        )
        .example('aether run my-run.json --json', 'Run a RunConfig and print its record'),
    handler: async (args) => {
      if (args.watch === true) {
        const { watchRun } = await import('./watch-run.js');
        return context.exit(await watchRun(args, context));
      }
      const { runOne } = await import('./action.js');
      context.exit(await runOne(args, context));
    },
  });
}
