import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import { VIEW_OPTIONS, type ViewArguments } from '../inspect/view-options.js';
import { manyTexts, oneText } from '../option-values.js';

const EXPLAIN_OPTIONS = {
  manifests: {
    array: true,
    type: 'string',
    requiresArg: true,
    describe: 'Manifests to load, as files or globs',
    defaultDescription: 'manifests/*.yaml',
  },
  profile: {
    type: 'string',
    requiresArg: true,
    describe: 'Named set of settings from the manifests, as for the batch',
    coerce: oneText('--profile'),
  },
  set: {
    type: 'string',
    requiresArg: true,
    alias: 'S',
    describe: 'Put a value into the resolved documents, as for the batch; may be repeated',
    coerce: manyTexts,
  },
  ...VIEW_OPTIONS,
} as const;

export interface ExplainArguments extends ViewArguments {
  readonly name: string;
  readonly manifests?: readonly string[];
  readonly profile?: string;
  readonly set?: readonly string[];
}

/** Tells why a run would be executed. */
export function explainCommand(context: CommandContext): CommandModule<object, ExplainArguments> {
  return {
    command: 'explain <name>',
    describe: 'Tell what in the inputs changed since the last run of that name',
    builder: (yargs) =>
      yargs
        .positional('name', { type: 'string', describe: 'Run name, such as gf01 or ring-5[ticks=64]' })
        .options(EXPLAIN_OPTIONS)
        .example('aether explain gf01', 'Field, old and new value, or why it is cached')
        .example('aether explain gf01 -S topology.edges[0].k=2', 'What an override would change') as never,
    handler: async (args) => {
      const { explainName } = await import('../inspect/explain-name.js');
      context.exit(await explainName(args, context));
    },
  };
}
