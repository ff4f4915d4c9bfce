import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { REPEATED_MANIFESTS, ROOT } from '../../../options/common-options.js';
import { STORE_OPTIONS } from '../store-options.js';
import type { StoreVerifyArguments } from './action.js';

const STORE_VERIFY_OPTIONS = {
  repair: {
    type: 'boolean',
    describe: 'Put broken blobs back by running their runs once more; set damaged records aside',
  },
  root: ROOT,
  strict: { type: 'boolean', describe: 'A damaged log is an error, not a warning' },
  manifests: {
    ...REPEATED_MANIFESTS,
    describe: 'Manifests that know the inputs of a run whose own are broken; may be repeated',
  },
  ...STORE_OPTIONS,
} as const;

/** Checks the whole artefact tree. */
export function storeVerifyCommand(context: CommandContext): CommandModule<object, StoreVerifyArguments> {
  return {
    command: 'verify',
    describe: 'Read everything, and name what is broken and the runs it touches',
    builder: (yargs) =>
      yargs
        .options(STORE_VERIFY_OPTIONS)
        .example('aether store verify', 'Ends with 5 if anything cannot be relied on')
        .example(
          'aether store verify --repair',
          'Re-derives broken blobs; a blob is replaced only by its own digest',
        )
        .example(
          'aether store verify --repair --manifests manifests/nightly.yaml',
          'Also where the recorded inputs are broken',
        ) as never,
    handler: async (args) => {
      const { verifyTree } = await import('./action.js');
      context.exit(await verifyTree(args, context));
    },
  };
}
