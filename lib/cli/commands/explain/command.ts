import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { EXPLAIN_OPERANDS, EXPLAIN_OPTIONS } from './options.js';

/** Shows why a run would be executed. */
export function explainCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'explain',
    describe: 'Show which inputs changed since the last run of a name',
    operands: EXPLAIN_OPERANDS,
    options: EXPLAIN_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether explain gf01', 'The field with its old and new value, or why the run is cached')
        .example('aether explain gf01 -S topology.edges[0].k=2', 'The effect of an override'),
    handler: acting(context, async () => (await import('./action.js')).explainName),
  });
}
