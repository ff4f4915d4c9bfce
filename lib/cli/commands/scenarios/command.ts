import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { SCENARIOS_OPERANDS, SCENARIOS_OPTIONS } from './options.js';

/** Lists and describes the scenario registry. */
export function scenariosCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'scenarios',
    describe: 'List the scenarios, or show one',
    operands: SCENARIOS_OPERANDS,
    options: SCENARIOS_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether scenarios', 'All scenarios')
        .example('aether scenarios show gf01', 'Its description, sweep and runs'),
    handler: acting(context, async () => (await import('./action.js')).showScenarios),
  });
}
