import type { CommandContext } from '../../command-context.js';
import type { Command } from '../../options/declare-command.js';
import { apxiSuggestCommand } from './suggest/command.js';

/** Works with APXi views. */
export function apxiCommand(context: CommandContext): Command {
  return {
    command: 'apxi <command>',
    describe: 'Work with APXi views: suggest descriptors',
    builder: (yargs) => yargs.command(apxiSuggestCommand(context)),
    handler: () => undefined,
  };
}
