import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import { storeDuCommand } from './store/du.js';
import { storeExportCommand } from './store/export.js';
import { storeGcCommand } from './store/gc.js';
import { storeImportCommand } from './store/import.js';
import { storePinCommand } from './store/pin.js';
import { storeUnpinCommand } from './store/unpin.js';
import { storeVerifyCommand } from './store/verify.js';
import { storeWhyCommand } from './store/why.js';

const COMMANDS = {
  verify: storeVerifyCommand,
  gc: storeGcCommand,
  pin: storePinCommand,
  unpin: storeUnpinCommand,
  why: storeWhyCommand,
  du: storeDuCommand,
  export: storeExportCommand,
  import: storeImportCommand,
} as const;

const STORE_WORDS: readonly string[] = Object.keys(COMMANDS);

/** Looks after the artefact tree. */
export function storeCommand(context: CommandContext): CommandModule<object, object> {
  return {
    command: 'store <command>',
    describe: `Look after the artefact tree: ${STORE_WORDS.join(', ')}`,
    builder: (yargs) => {
      for (const make of Object.values(COMMANDS)) yargs.command(make(context) as never);
      return yargs;
    },
    handler: () => undefined,
  };
}
