import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import { manyTexts, oneInteger } from '../option-values.js';
import { STORE, text } from '../options/common-options.js';

const RUNS_OPTIONS = {
  filter: {
    ...text,
    describe: 'key=text for state, scenario, name, gid or code, or a text in the name; may be repeated',
    repeats: true,
    coerce: manyTexts,
  },
  limit: {
    ...text,
    describe: 'Show so many, the latest first',
    defaultDescription: '20',
    coerce: oneInteger('--limit', 1),
  },
  store: STORE,
  json: { type: 'boolean', describe: 'Print the records as JSON' },
} as const;

export interface RunsArguments {
  readonly run?: string;
  readonly filter?: readonly string[];
  readonly limit?: number;
  readonly store: string;
  readonly json?: boolean;
}

/** Lists recorded runs, or shows one record. */
export function runsCommand(context: CommandContext): CommandModule<object, RunsArguments> {
  return {
    command: 'runs [run]',
    describe: 'List the recorded runs, or show the record of one',
    builder: (yargs) =>
      yargs
        .positional('run', {
          type: 'string',
          describe: 'Run id or unique prefix, run name, scenario id, or latest',
        })
        .options(RUNS_OPTIONS)
        .example('aether runs --filter state=faulted', 'The latest faulted runs')
        .example('aether runs latest', 'The record of the latest run') as never,
    handler: async (args) => {
      const { showRuns } = await import('../inspect/show-runs.js');
      context.exit(await showRuns(args, context));
    },
  };
}
