import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { RUN_REF } from '../../../inspect/view-options.js';
import { STORE_OPTIONS } from '../store-options.js';
import type { StorePinArguments } from './action.js';

const STORE_PIN_OPTIONS = STORE_OPTIONS;

/** Protects a run from gc until it is unpinned. */
export function storePinCommand(context: CommandContext): CommandModule<object, StorePinArguments> {
  return {
    command: 'pin <run>',
    describe: 'Protect a run from gc until it is unpinned',
    builder: (yargs) =>
      yargs
        .positional('run', RUN_REF)
        .options(STORE_PIN_OPTIONS)
        .example('aether store pin latest', 'The latest run')
        .example("aether store pin 'ring-5[ticks=64]'", 'The latest run of that name') as never,
    handler: async (args) => {
      const { pinStored } = await import('./action.js');
      context.exit(await pinStored(args, context));
    },
  };
}
