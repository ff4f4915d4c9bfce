import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { VALIDATE_OPERANDS, VALIDATE_OPTIONS } from './options.js';

/** Validates documents of any kind. */
export function validateCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'validate',
    describe: 'Check documents and all documents they refer to',
    operands: VALIDATE_OPERANDS,
    options: VALIDATE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example("aether validate 'manifests/*.yaml'", 'Every problem of every manifest')
        .example('aether validate my-topology.json --json', 'Problems for an editor'),
    handler: acting(context, async () => (await import('./action.js')).validateFiles),
  });
}
