import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { oneInteger, oneSize } from '../../../option-values.js';
import { text } from '../../../options/common-options.js';
import { GOLDEN_OPTION, STORE_OPTIONS } from '../store-options.js';
import type { StoreGcArguments } from './action.js';

const STORE_GC_OPTIONS = {
  'dry-run': { type: 'boolean', alias: 'n', describe: 'Show what would be removed; remove nothing' },
  'keep-days': {
    ...text,
    describe: 'Remove runs that ended longer ago',
    coerce: oneInteger('--keep-days', 0),
  },
  'keep-last': {
    ...text,
    describe: 'Keep only this many runs of each run name, the latest',
    coerce: oneInteger('--keep-last', 0),
  },
  'max-size': {
    ...text,
    describe: 'Remove the oldest runs until the blobs fit into this size, such as 20GiB',
    coerce: oneSize('--max-size'),
  },
  golden: GOLDEN_OPTION,
  ...STORE_OPTIONS,
} as const;

/** Removes unneeded blobs and runs. */
export function storeGcCommand(context: CommandContext): CommandModule<object, StoreGcArguments> {
  return {
    command: 'gc',
    describe: 'Remove blobs that no run needs, and runs beyond the given limits',
    builder: (yargs) =>
      yargs
        .options(STORE_GC_OPTIONS)
        .example('aether store gc --dry-run', 'Show what would be removed')
        .example('aether store gc --keep-days 30 --keep-last 2', 'A run stays if either rule keeps it')
        .example('aether store gc --max-size 20GiB', 'Remove the oldest runs until the store fits')
        .epilogue(
          'Pinned runs and the newest run of each golden result are kept. Safe while batches run.',
        ) as never,
    handler: async (args) => {
      const { collectTree } = await import('./action.js');
      context.exit(await collectTree(args, context));
    },
  };
}
