import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import { BY } from '../label/command.js';
import type { NoteArguments } from './action.js';

const NOTE_OPTIONS = { by: BY, ...VIEW_OPTIONS } as const;

/** Adds a note to a run. */
export function noteCommand(context: CommandContext): CommandModule<object, NoteArguments> {
  return {
    command: 'note <run> [text]',
    describe: 'Add a note to a run, or show its notes and labels',
    builder: (yargs) =>
      yargs
        .positional('run', RUN_REF)
        .positional('text', { type: 'string', describe: 'The note; without it, print labels and notes' })
        .options(NOTE_OPTIONS)
        .example("aether note ring-5 'first run after the new cap'", 'With time and author')
        .example('aether note ring-5', 'Every note and label of the run') as never,
    handler: async (args) => {
      const { noteRun } = await import('./action.js');
      context.exit(await noteRun(args, context));
    },
  };
}
