import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { VIEW_OPTIONS } from '../../inspect/view-options.js';
import { MANIFESTS, PROFILE, ROOT, SET } from '../../options/common-options.js';
import type { ExplainArguments } from './action.js';

const EXPLAIN_OPTIONS = {
  root: ROOT,
  manifests: MANIFESTS,
  profile: PROFILE,
  set: SET,
  ...VIEW_OPTIONS,
} as const;

/** Shows why a run would be executed. */
export function explainCommand(context: CommandContext): CommandModule<object, ExplainArguments> {
  return {
    command: 'explain <name>',
    describe: 'Show which inputs changed since the last run of a name',
    builder: (yargs) =>
      yargs
        .positional('name', { type: 'string', describe: 'Run name, such as gf01 or ring-5[ticks=64]' })
        .options(EXPLAIN_OPTIONS)
        .example('aether explain gf01', 'The field with its old and new value, or why the run is cached')
        .example('aether explain gf01 -S topology.edges[0].k=2', 'The effect of an override') as never,
    handler: async (args) => {
      const { explainName } = await import('./action.js');
      context.exit(await explainName(args, context));
    },
  };
}
