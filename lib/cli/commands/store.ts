import type { CommandModule } from 'yargs';
import { nearestHint } from '../../config/nearest.js';
import type { CommandContext } from '../command-context.js';
import { UsageError } from '../command-error.js';
import { STORE_DU_OPTIONS, storeDuCommand } from './store/du.js';
import { STORE_EXPORT_OPTIONS, storeExportCommand } from './store/export.js';
import { STORE_GC_OPTIONS, storeGcCommand } from './store/gc.js';
import { STORE_IMPORT_OPTIONS, storeImportCommand } from './store/import.js';
import { STORE_PIN_OPTIONS, storePinCommand } from './store/pin.js';
import { STORE_UNPIN_OPTIONS, storeUnpinCommand } from './store/unpin.js';
import { STORE_VERIFY_OPTIONS, storeVerifyCommand } from './store/verify.js';
import { STORE_WHY_OPTIONS, storeWhyCommand } from './store/why.js';

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

/** Options of all of them, for suggestions. */
export const STORE_COMMAND_OPTIONS = {
  ...STORE_VERIFY_OPTIONS,
  ...STORE_GC_OPTIONS,
  ...STORE_PIN_OPTIONS,
  ...STORE_UNPIN_OPTIONS,
  ...STORE_WHY_OPTIONS,
  ...STORE_DU_OPTIONS,
  ...STORE_EXPORT_OPTIONS,
  ...STORE_IMPORT_OPTIONS,
} as const;

/** Words below `aether store`, for suggestions. */
export const STORE_WORDS: readonly string[] = Object.keys(COMMANDS);

/** Looks after the artefact tree. */
export function storeCommand(context: CommandContext): CommandModule<object, object> {
  return {
    command: 'store <command>',
    describe: `Look after the artefact tree: ${STORE_WORDS.join(', ')}`,
    builder: (yargs) => {
      for (const make of Object.values(COMMANDS)) yargs.command(make(context) as never);
      return yargs.middleware(refuseUnknown, true);
    },
    handler: () => undefined,
  };
}

/** Looks at the word before anything else is found wrong with the line. */
function refuseUnknown({ command }: Readonly<Record<string, unknown>>): void {
  if (command === undefined || STORE_WORDS.includes(String(command))) return;
  throw new UsageError(
    `there is no store command ${String(command)}; it is one of ${STORE_WORDS.join(', ')}`,
    nearestHint(String(command), STORE_WORDS),
  );
}
