import { REPEATED_MANIFESTS, ROOT } from '../../../options/common-options.js';
import { STORE_OPTIONS } from '../store-options.js';
import type { Options } from '../../../options/declared.js';
import type { Parsed } from '../../../options/parsed.js';

export const STORE_VERIFY_OPTIONS = {
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
} as const satisfies Options;

export type StoreVerifyArguments = Parsed<typeof STORE_VERIFY_OPTIONS>;
