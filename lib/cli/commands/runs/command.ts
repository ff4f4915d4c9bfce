import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { RUNS_OPERANDS, RUNS_OPTIONS } from './options.js';

/** Lists recorded or selected runs, or shows one record. */
export function runsCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'runs',
    describe: 'List recorded runs, all or a selection, or print the record of one',
    operands: RUNS_OPERANDS,
    options: RUNS_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether runs --filter state=faulted', 'The latest faulted runs')
        .example(
          "aether runs --state completed --where 'ticks>=32'",
          'The current runs that meet a condition',
        )
        .example('aether runs latest', 'The record of the latest run')
        .epilogue(
          'Without a selection, every execution is listed; with one, the current run of each name (--all-executions: every execution). The latest come first.',
        ),
    handler: acting(context, async () => (await import('./action.js')).showRuns),
  });
}
