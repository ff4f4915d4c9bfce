import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { REPEATED_MANIFESTS, ROOT } from '../../../options/common-options.js';
import { STORE_OPTIONS } from '../store-options.js';
import type { StoreVerifyArguments } from './action.js';

const STORE_VERIFY_OPTIONS = {
  repair: {
    type: 'boolean',
    describe: 'Restore broken blobs by executing their runs again; set damaged records aside',
  },
  root: ROOT,
  strict: { type: 'boolean', describe: 'Report damaged logs as errors instead of warnings' },
  manifests: {
    ...REPEATED_MANIFESTS,
    describe: 'Manifests with the inputs of runs whose recorded inputs are broken; may be repeated',
  },
  ...STORE_OPTIONS,
} as const;

/** Checks the whole artefact tree. */
export function storeVerifyCommand(context: CommandContext): CommandModule<object, StoreVerifyArguments> {
  return {
    command: 'verify',
    describe: 'Read the whole store, and list what is broken and the affected runs',
    builder: (yargs) =>
      yargs
        .options(STORE_VERIFY_OPTIONS)
        .example('aether store verify', 'Exits with 5 if anything is broken')
        .example(
          'aether store verify --repair',
          'Derive broken blobs again; a blob is replaced only by bytes of the same digest',
        )
        .example(
          'aether store verify --repair --manifests manifests/nightly.yaml',
          'Also if the recorded inputs are broken',
        ) as never,
    handler: async (args) => {
      const { verifyTree } = await import('./action.js');
      context.exit(await verifyTree(args, context));
    },
  };
}
