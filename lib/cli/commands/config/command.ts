import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { CONFIG_OPTIONS } from './options.js';

/** Shows the effective settings. */
export function configCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'config',
    describe: 'Show every setting of the project and where its value comes from',
    options: CONFIG_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether config', 'The settings of a command that runs here')
        .example(
          'AETHER_JOBS=2 aether config --store /tmp/tree',
          'The same with an environment variable and an option',
        )
        .example('aether config --json', 'With the place of each value in aether.yaml')
        .epilogue(
          'The command line overrides the environment, the environment overrides aether.yaml, and aether.yaml overrides the defaults. aether.yaml is read from the nearest parent directory that contains aether.yaml, package.json or .git.',
        ),
    handler: acting(context, async () => (await import('./action.js')).showConfig),
  });
}
