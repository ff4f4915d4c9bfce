import type { CommandModule } from 'yargs';
import { SCHEMES } from '../../../../engine/inputs.js';
import type { CommandContext } from '../../../command-context.js';
import { RUN_REF, VIEW_OPTIONS } from '../../../inspect/view-options.js';
import { text } from '../../../options/common-options.js';
import type { ApxiSuggestArguments } from './action.js';

const SUGGEST_OPTIONS = {
  window: {
    ...text,
    describe: 'Window, by its id or its number from 1',
    defaultDescription: 'the primary window',
  },
  scheme: {
    ...text,
    choices: SCHEMES,
    describe: 'Coding scheme of the residuals',
    defaultDescription: 'the scheme of the window, else R',
  },
  ...VIEW_OPTIONS,
} as const;

/** Suggests descriptors for a window. */
export function apxiSuggestCommand(context: CommandContext): CommandModule<object, ApxiSuggestArguments> {
  return {
    command: 'suggest <run>',
    describe: 'Suggest APXi descriptors for the streams of a window, as YAML',
    builder: (yargs) =>
      yargs
        .positional('run', RUN_REF)
        .options(SUGGEST_OPTIONS)
        .example('aether apxi suggest ring-5', 'The best descriptor of each type for each stream')
        .example(
          'aether apxi suggest ring-5 --window 2 --scheme GR',
          'For the second window, coded with GR',
        ) as never,
    handler: async (args) => {
      const { showSuggestions } = await import('./action.js');
      context.exit(await showSuggestions(args, context));
    },
  };
}
