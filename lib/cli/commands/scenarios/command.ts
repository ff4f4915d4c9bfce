import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { REPEATED_MANIFESTS, ROOT } from '../../options/common-options.js';
import type { ScenariosArguments } from './action.js';

const SCENARIOS_OPTIONS = {
  root: ROOT,
  manifests: REPEATED_MANIFESTS,
  json: { type: 'boolean', describe: 'Print JSON' },
} as const;

/** Lists and describes the scenario registry. */
export function scenariosCommand(context: CommandContext): CommandModule<object, ScenariosArguments> {
  return {
    command: 'scenarios [action] [id]',
    describe: 'List the scenarios, or show one',
    builder: (yargs) =>
      yargs
        .positional('action', { choices: ['show'] as const, describe: 'Show one scenario' })
        .positional('id', { type: 'string', describe: 'Scenario id' })
        .options(SCENARIOS_OPTIONS)
        .example('aether scenarios', 'All scenarios')
        .example('aether scenarios show gf01', 'Its description, sweep and runs') as never,
    handler: async (args) => {
      const { showScenarios } = await import('./action.js');
      context.exit(await showScenarios(args, context));
    },
  };
}
