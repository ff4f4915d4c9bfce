import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { INIT_OPERANDS, INIT_OPTIONS } from './options.js';

/** Writes an example project. */
export function initCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'init',
    describe: 'Write an example project: topology, profile, manifest with a sweep, golden, CI workflow',
    operands: INIT_OPERANDS,
    options: INIT_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether init', 'An example in the current directory, and the next commands')
        .example('aether init waves', 'The same in a new directory')
        .epilogue(
          'Asks no questions and never overwrites: if any file of the example exists, nothing is written (exit 2).',
        ),
    handler: acting(context, async () => (await import('./action.js')).initProject),
  });
}
