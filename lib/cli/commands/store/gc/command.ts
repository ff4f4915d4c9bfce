import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { oneInteger, oneSize } from '../../../option-values.js';
import { text } from '../../../options/common-options.js';
import { GOLDEN_OPTION, STORE_OPTIONS } from '../store-options.js';
import type { StoreGcArguments } from './action.js';

const STORE_GC_OPTIONS = {
  'dry-run': { type: 'boolean', alias: 'n', describe: 'Say what would go; remove nothing' },
  'keep-days': {
    ...text,
    describe: 'Runs that ended longer ago may go',
    coerce: oneInteger('--keep-days', 0),
  },
  'keep-last': {
    ...text,
    describe: 'Of each run name, all but the last so many may go',
    coerce: oneInteger('--keep-last', 0),
  },
  'max-size': {
    ...text,
    describe: 'The oldest runs go until the blobs fit into this, such as 20GiB',
    coerce: oneSize('--max-size'),
  },
  golden: GOLDEN_OPTION,
  ...STORE_OPTIONS,
} as const;

/** Removes what nothing needs. */
export function storeGcCommand(context: CommandContext): CommandModule<object, StoreGcArguments> {
  return {
    command: 'gc',
    describe: 'Remove blobs that no run needs, and runs that the given limits let go',
    builder: (yargs) =>
      yargs
        .options(STORE_GC_OPTIONS)
        .example('aether store gc --dry-run', 'What would go')
        .example('aether store gc --keep-days 30 --keep-last 2', 'A run stays if either rule keeps it')
        .example('aether store gc --max-size 20GiB', 'The oldest runs make room')
        .epilogue(
          'Pinned runs stay, and the newest run of each golden result. Safe beside running batches.',
        ) as never,
    handler: async (args) => {
      const { collectTree } = await import('./action.js');
      context.exit(await collectTree(args, context));
    },
  };
}
