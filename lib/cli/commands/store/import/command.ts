import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS } from '../store-options.js';
import type { StoreImportArguments } from './action.js';

const STORE_IMPORT_OPTIONS = STORE_OPTIONS;

const EXPORT_OPERANDS = { type: 'string', array: true, path: 'file', describe: 'Exported runs' } as const;

/** Imports exported runs. */
export function storeImportCommand(context: CommandContext): CommandModule<object, StoreImportArguments> {
  return {
    command: 'import <paths..>',
    describe: 'Import exported runs: directories, tar or zip files',
    builder: (yargs) =>
      yargs
        .positional('paths', EXPORT_OPERANDS)
        .options(STORE_IMPORT_OPTIONS)
        .example(
          'aether store import run.tar',
          'Checked against its sums and its record; imported completely or not at all',
        )
        .example('aether store import exports/*', 'Several, one after the other') as never,
    handler: async (args) => {
      const { importStored } = await import('./action.js');
      context.exit(await importStored(args, context));
    },
  };
}
