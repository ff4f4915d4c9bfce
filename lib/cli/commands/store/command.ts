import type { CommandContext } from '../../command-context.js';
import type { Command } from '../../options/declare-command.js';
import { storeDuCommand } from './du/command.js';
import { storeExportCommand } from './export/command.js';
import { storeGcCommand } from './gc/command.js';
import { storeImportCommand } from './import/command.js';
import { storePackCommand } from './pack/command.js';
import { storePinCommand } from './pin/command.js';
import { storeUnpackCommand } from './unpack/command.js';
import { storeUnpinCommand } from './unpin/command.js';
import { storeUpgradeCommand } from './upgrade/command.js';
import { storeVerifyCommand } from './verify/command.js';
import { storeWhyCommand } from './why/command.js';

const COMMANDS = {
  verify: storeVerifyCommand,
  gc: storeGcCommand,
  pin: storePinCommand,
  unpin: storeUnpinCommand,
  why: storeWhyCommand,
  du: storeDuCommand,
  export: storeExportCommand,
  import: storeImportCommand,
  upgrade: storeUpgradeCommand,
  pack: storePackCommand,
  unpack: storeUnpackCommand,
} as const;

const STORE_WORDS: readonly string[] = Object.keys(COMMANDS);

/** Maintains the artefact tree. */
export function storeCommand(context: CommandContext): Command {
  return {
    command: 'store <command>',
    describe: `Maintain the artefact tree: ${STORE_WORDS.join(', ')}`,
    builder: (yargs) => {
      for (const make of Object.values(COMMANDS)) yargs.command(make(context));
      return yargs;
    },
    handler: () => undefined,
  };
}
