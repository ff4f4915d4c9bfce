import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { manyTexts, oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { SELECTION_OPTIONS, SELECTOR_OPERANDS } from '../../options/selection-options.js';
import type { RunsArguments } from './action.js';

const RUNS_OPTIONS = {
  filter: {
    ...text,
    describe: 'key=text for state, scenario, name, gid or code, or a text in the name; may be repeated',
    repeats: true,
    coerce: manyTexts,
  },
  limit: {
    ...text,
    describe: 'Number of runs to show, the latest first',
    defaultDescription: '20',
    coerce: oneInteger('--limit', 1),
  },
  json: { type: 'boolean', describe: 'Print the records as JSON' },
} as const;

/** Lists recorded or selected runs, or shows one record. */
export function runsCommand(context: CommandContext): CommandModule<object, RunsArguments> {
  return {
    command: 'runs [selector..]',
    describe: 'List recorded runs, all or a selection, or print the record of one',
    builder: (yargs) =>
      yargs
        .positional('selector', SELECTOR_OPERANDS)
        .options(RUNS_OPTIONS)
        .options(SELECTION_OPTIONS)
        .example('aether runs --filter state=faulted', 'The latest faulted runs')
        .example(
          "aether runs --state completed --where 'ticks>=32'",
          'The current runs that meet a condition',
        )
        .example('aether runs latest', 'The record of the latest run')
        .epilogue(
          'Without a selection, every execution is listed; with one, the current run of each name (--all-executions: every execution). The latest come first.',
        ) as never,
    handler: async (args) => {
      const { showRuns } = await import('./action.js');
      context.exit(await showRuns(args, context));
    },
  };
}
