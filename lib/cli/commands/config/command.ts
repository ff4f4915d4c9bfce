import type { CommandModule } from 'yargs';
import { REPORTERS } from '../../../config/reporter-names.js';
import type { CommandContext } from '../../command-context.js';
import { manyLabels, oneInteger, wordsOf } from '../../option-values.js';
import { GOLDEN, LABEL, MANIFESTS, STORE, text } from '../../options/common-options.js';
import type { ConfigArguments } from './action.js';

const CONFIG_OPTIONS = {
  store: STORE,
  manifests: MANIFESTS,
  golden: GOLDEN,
  jobs: {
    ...text,
    alias: 'j',
    describe: 'Runs computed at once',
    coerce: oneInteger('--jobs', 1),
  },
  reporter: {
    ...text,
    repeats: true,
    describe: 'Reporters of a batch',
    coerce: wordsOf('--reporter', REPORTERS),
  },
  output: { ...text, path: 'directory', describe: 'Directory for the files of the reporters' },
  label: { ...LABEL, coerce: manyLabels('--label') },
  json: { type: 'boolean', describe: 'Print the settings as JSON' },
} as const;

/** Shows the effective settings. */
export function configCommand(context: CommandContext): CommandModule<object, ConfigArguments> {
  return {
    command: 'config',
    describe: 'Show every setting of the project and where its value comes from',
    builder: (yargs) =>
      yargs
        .options(CONFIG_OPTIONS)
        .example('aether config', 'The settings of a command that runs here')
        .example(
          'AETHER_JOBS=2 aether config --store /tmp/tree',
          'The same with an environment variable and an option',
        )
        .example('aether config --json', 'With the place of each value in aether.yaml')
        .epilogue(
          'The command line overrides the environment, the environment overrides aether.yaml, and aether.yaml overrides the defaults. aether.yaml is read from the nearest parent directory that contains aether.yaml, package.json or .git.',
        ) as never,
    handler: async (args) => {
      const { showConfig } = await import('./action.js');
      context.exit(await showConfig(args, context));
    },
  };
}
