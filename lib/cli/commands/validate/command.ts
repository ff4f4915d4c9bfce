import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { ROOT } from '../../options/common-options.js';
import type { ValidateArguments } from './action.js';

const VALIDATE_OPTIONS = {
  root: ROOT,
  json: { type: 'boolean', describe: 'Print the problems as JSON' },
} as const;

const FILE_OPERANDS = { type: 'string', array: true, path: 'file', describe: 'Files or globs' } as const;

/** Validates documents of any kind. */
export function validateCommand(context: CommandContext): CommandModule<object, ValidateArguments> {
  return {
    command: 'validate <files..>',
    describe: 'Check documents and all documents they refer to',
    builder: (yargs) =>
      yargs
        .positional('files', FILE_OPERANDS)
        .options(VALIDATE_OPTIONS)
        .example("aether validate 'manifests/*.yaml'", 'Every problem of every manifest')
        .example('aether validate my-topology.json --json', 'Problems for an editor') as never,
    handler: async (args) => {
      const { validateFiles } = await import('./action.js');
      context.exit(await validateFiles(args, context));
    },
  };
}
