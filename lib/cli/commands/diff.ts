import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import { RUN_REF, VIEW_OPTIONS, type ViewArguments } from '../inspect/view-options.js';

const DIFF_OPTIONS = {
  count: { type: 'boolean', describe: 'Count every differing record, however much has to be read for it' },
  ...VIEW_OPTIONS,
} as const;

export interface DiffArguments extends ViewArguments {
  readonly a: string;
  readonly b: string;
  readonly count?: boolean;
}

/** Compares two stored runs. */
export function diffCommand(context: CommandContext): CommandModule<object, DiffArguments> {
  return {
    command: 'diff <a> <b>',
    describe: 'Find where two runs part: first tick, artefact and field, and the input that differs',
    builder: (yargs) =>
      yargs
        .positional('a', RUN_REF)
        .positional('b', RUN_REF)
        .options(DIFF_OPTIONS)
        .example('aether diff gf01 latest', 'The latest gf01 run against the latest run of all')
        .example("aether diff 'ring-5[ticks=64]' 'ring-5[ticks=128]'", 'Two cells of a sweep')
        .example('aether diff 20250101 20250102 --json', 'Two runs by the beginnings of their ids')
        .epilogue('Exit codes: 0 the results are the same, 1 they differ.') as never,
    handler: async (args) => {
      const { showDiff } = await import('../inspect/show-diff.js');
      context.exit(await showDiff(args, context));
    },
  };
}
