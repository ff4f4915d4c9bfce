import type { CommandContext } from '../../../command-context.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';
import { STORE_EXPORT_OPERANDS, STORE_EXPORT_OPTIONS } from './options.js';

/** Writes a run as plain files. */
export function storeExportCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'export',
    describe: 'Write a run as plain files that sha256sum -c verifies',
    operands: STORE_EXPORT_OPERANDS,
    options: STORE_EXPORT_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether store export gf01', 'Into a directory named by the run id')
        .example('aether store export gf01 --format tar -o - | tar t', 'As a stream')
        .example(
          'aether store export gf01 --format session -o gf01.json',
          'As a session snapshot of the reference engine',
        ),
    handler: acting(context, async () => (await import('./action.js')).exportStored),
  });
}
