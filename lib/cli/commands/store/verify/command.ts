import type { CommandContext } from '../../../command-context.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';
import { STORE_VERIFY_OPTIONS } from './options.js';

/** Checks the whole artefact tree. */
export function storeVerifyCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'verify',
    describe: 'Read the whole store, and list what is broken and the affected runs',
    options: STORE_VERIFY_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether store verify', 'Exits with 5 if anything is broken')
        .example(
          'aether store verify --repair',
          'Derive broken blobs again; a blob is replaced only by bytes of the same digest',
        )
        .example(
          'aether store verify --repair --manifests manifests/nightly.yaml',
          'Also if the recorded inputs are broken',
        ),
    handler: acting(context, async () => (await import('./action.js')).verifyTree),
  });
}
