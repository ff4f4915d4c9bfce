import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import { manyTexts, oneText } from '../option-values.js';

const text = { type: 'string', requiresArg: true } as const;

const RUN_OPTIONS = {
  set: {
    ...text,
    alias: 'S',
    describe: 'Put a value into the resolved documents, such as run.ticks=64; may be repeated',
    coerce: manyTexts,
  },
  manifests: {
    ...text,
    describe: 'Manifests that know the scenario; may be repeated',
    defaultDescription: 'manifests/*.yaml',
    coerce: manyTexts,
  },
  store: {
    ...text,
    default: 'artefacts',
    describe: 'Directory of the artefact tree',
    coerce: oneText('--store'),
  },
  force: { type: 'boolean', describe: 'Execute even if the store has the result' },
  json: { type: 'boolean', describe: 'Print the run record' },
} as const;

export interface RunArguments {
  readonly scenario: string;
  readonly set?: readonly string[];
  readonly manifests?: readonly string[];
  readonly store: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Runs one scenario, one cell of it, or one RunConfig file. */
export function runCommand(context: CommandContext): CommandModule<object, RunArguments> {
  return {
    command: 'run <scenario>',
    describe: 'Run one scenario or RunConfig file',
    builder: (yargs) =>
      yargs
        .positional('scenario', { type: 'string', describe: 'Scenario id, run name, or a RunConfig file' })
        .options(RUN_OPTIONS)
        .example('aether run gf01', 'Run a scenario of manifests/*.yaml')
        .example('aether run gf01 -S run.ticks=64', 'With another number of ticks')
        .example('aether run my-run.json --json', 'Run a RunConfig and print its record') as never,
    handler: async (args) => {
      const { runOne } = await import('../batch/run-one.js');
      context.exit(await runOne(args, context));
    },
  };
}
