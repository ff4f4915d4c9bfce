import type { CommandContext } from '../../../command-context.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';
import { APXI_SUGGEST_OPERANDS, APXI_SUGGEST_OPTIONS } from './options.js';

/** Suggests descriptors for a window. */
export function apxiSuggestCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'suggest',
    describe: 'Suggest APXi descriptors for the streams of a window, as YAML',
    operands: APXI_SUGGEST_OPERANDS,
    options: APXI_SUGGEST_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether apxi suggest ring-5', 'The best descriptor of each type for each stream')
        .example('aether apxi suggest ring-5 --window 2 --scheme GR', 'For the second window, coded with GR'),
    handler: acting(context, async () => (await import('./action.js')).showSuggestions),
  });
}
