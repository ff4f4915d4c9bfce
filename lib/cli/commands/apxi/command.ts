import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { apxiSuggestCommand } from './suggest/command.js';

/** Works with APXi views. */
export function apxiCommand(context: CommandContext): CommandModule<object, object> {
  return {
    command: 'apxi <command>',
    describe: 'Work with APXi views: suggest descriptors',
    builder: (yargs) => yargs.command(apxiSuggestCommand(context) as never),
    handler: () => undefined,
  };
}
