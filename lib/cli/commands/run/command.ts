import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { manyLabels } from '../../option-values.js';
import { LABEL, REPEATED_MANIFESTS, ROOT, SET, STORE } from '../../options/common-options.js';
import type { RunArguments } from './arguments.js';

const RUN_OPTIONS = {
  set: SET,
  root: ROOT,
  manifests: { ...REPEATED_MANIFESTS, describe: 'Manifests that contain the scenario; may be repeated' },
  store: STORE,
  force: { type: 'boolean', describe: 'Execute the run even if its result is stored' },
  label: {
    ...LABEL,
    describe: 'Label of the run, as key=value; may be repeated',
    coerce: manyLabels('--label'),
  },
  watch: {
    type: 'boolean',
    describe: 'Run again after each change of a document, and show the differences; Ctrl-C exits',
  },
  json: { type: 'boolean', describe: 'Print the run record' },
} as const;

const SCENARIO_OPERAND = {
  type: 'string',
  path: 'file',
  describe: 'Scenario id, run name, or a RunConfig file',
} as const;

/** Runs one scenario, one cell of it, or one RunConfig file. */
export function runCommand(context: CommandContext): CommandModule<object, RunArguments> {
  return {
    command: 'run <scenario>',
    describe: 'Run one scenario or RunConfig file',
    builder: (yargs) =>
      yargs
        .positional('scenario', SCENARIO_OPERAND)
        .options(RUN_OPTIONS)
        .example('aether run gf01', 'Run a scenario of manifests/*.yaml')
        .example('aether run ring-5 -S run.ticks=64', 'With another number of ticks')
        .conflicts('watch', 'json')
        .example(
          'aether run my-run.json --watch',
          'Run again after each change, compared with the previous run',
        )
        .example('aether run my-run.json --json', 'Run a RunConfig and print its record') as never,
    handler: async (args) => {
      if (args.watch === true) {
        const { watchRun } = await import('./watch-run.js');
        return context.exit(await watchRun(args, context));
      }
      const { runOne } = await import('./action.js');
      context.exit(await runOne(args, context));
    },
  };
}
