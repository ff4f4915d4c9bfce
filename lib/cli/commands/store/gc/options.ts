import { oneInteger, oneSize } from '../../../option-values.js';
import { text } from '../../../options/common-options.js';
import { GOLDEN_OPTION, STORE_OPTIONS } from '../store-options.js';
import type { Options } from '../../../options/declared.js';
import type { Parsed } from '../../../options/parsed.js';

export const STORE_GC_OPTIONS = {
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
} as const satisfies Options;

export type StoreGcArguments = Parsed<typeof STORE_GC_OPTIONS>;
