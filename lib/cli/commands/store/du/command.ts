import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS } from '../store-options.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';

/** Shows the disk usage of the tree. */
export function storeDuCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'du',
    describe: 'Show the disk usage by artefact kind and by scenario',
    options: STORE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether store du', 'Sizes, bytes saved by sharing, and bytes that gc would free')
        .example('aether store du --json', 'The same for a script'),
    handler: acting(context, async () => (await import('./action.js')).showUsage),
  });
}
