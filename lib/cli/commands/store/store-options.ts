import { STORE } from '../../options/common-options.js';
import type { Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

/** Options of every command below `aether store`. */
export const STORE_OPTIONS = {
  store: STORE,
  json: { type: 'boolean', describe: 'Print the report as JSON' },
} as const satisfies Options;

export type StoreArguments = Parsed<typeof STORE_OPTIONS>;

export const GOLDEN_OPTION = {
  type: 'string',
  defaultDescription: '"golden", if it exists',
  describe: 'Directory of the goldens, whose results are kept; --no-golden keeps none',
  path: 'directory',
  negatable: true,
} as const;
