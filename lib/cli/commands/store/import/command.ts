import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS } from '../store-options.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';
import { STORE_IMPORT_OPERANDS } from './options.js';

/** Imports exported runs. */
export function storeImportCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'import',
    describe: 'Import exported runs: directories, tar or zip files',
    operands: STORE_IMPORT_OPERANDS,
    options: STORE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example(
          'aether store import run.tar',
          'Checked against its sums and its record; imported completely or not at all',
        )
        .example('aether store import exports/*', 'Several, one after the other'),
    handler: acting(context, async () => (await import('./action.js')).importStored),
  });
}
