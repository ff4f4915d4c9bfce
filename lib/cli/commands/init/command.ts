import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import type { InitArguments } from './action.js';

const INIT_OPTIONS = {
  json: { type: 'boolean', describe: 'Print the files and the next commands as JSON' },
} as const;

/** Writes an example project. */
export function initCommand(context: CommandContext): CommandModule<object, InitArguments> {
  return {
    command: 'init [directory]',
    describe: 'Write an example project: topology, profile, manifest with a sweep, golden, CI workflow',
    builder: (yargs) =>
      yargs
        .positional('directory', {
          type: 'string',
          default: '.',
          path: 'directory',
          describe: 'Directory of the project; created if missing',
        } as never)
        .options(INIT_OPTIONS)
        .example('aether init', 'An example in the current directory, and the next commands')
        .example('aether init waves', 'The same in a new directory')
        .epilogue(
          'Asks no questions and never overwrites: if any file of the example exists, nothing is written (exit 2).',
        ) as never,
    handler: async (args) => {
      const { initProject } = await import('./action.js');
      context.exit(await initProject(args, context));
    },
  };
}
