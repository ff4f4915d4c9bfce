import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { NOTE_OPERANDS, NOTE_OPTIONS } from './options.js';

/** Adds a note to a run. */
export function noteCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'note',
    describe: 'Add a note to a run, or show its notes and labels',
    operands: NOTE_OPERANDS,
    options: NOTE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example("aether note ring-5 'first run after the new cap'", 'With time and author')
        .example('aether note ring-5', 'Every note and label of the run'),
    handler: acting(context, async () => (await import('./action.js')).noteRun),
  });
}
