import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { RUN_REF } from '../../../inspect/view-options.js';
import { text } from '../../../options/common-options.js';
import { STORE_OPTIONS } from '../store-options.js';
import { EXPORT_FORMATS, type StoreExportArguments } from './arguments.js';

const STORE_EXPORT_OPTIONS = {
  format: {
    ...text,
    choices: EXPORT_FORMATS,
    default: 'dir',
    describe: 'A directory, an archive file, or a JSON document in the form of a session snapshot',
  },
  output: {
    ...text,
    alias: 'o',
    describe: 'Where to write; must not exist. - writes an archive to standard output',
    defaultDescription: 'the run id',
    path: 'file',
  },
  ...STORE_OPTIONS,
} as const;

/** Writes a run as plain files. */
export function storeExportCommand(context: CommandContext): CommandModule<object, StoreExportArguments> {
  return {
    command: 'export <run>',
    describe: 'Write a run as plain files that sha256sum -c verifies',
    builder: (yargs) =>
      yargs
        .positional('run', RUN_REF)
        .options(STORE_EXPORT_OPTIONS)
        .example('aether store export gf01', 'Into a directory named by the run id')
        .example('aether store export gf01 --format tar -o - | tar t', 'As a stream')
        .example(
          'aether store export gf01 --format session -o gf01.json',
          'As a session snapshot of the reference engine',
        ) as never,
    handler: async (args) => {
      const { exportStored } = await import('./action.js');
      context.exit(await exportStored(args, context));
    },
  };
}
