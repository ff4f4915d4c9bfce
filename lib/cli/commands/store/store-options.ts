import { STORE } from '../../options/common-options.js';

/** Options of every command below `aether store`. */
export const STORE_OPTIONS = {
  store: STORE,
  json: { type: 'boolean', describe: 'Print the report as JSON' },
} as const;

/** The parsed options. */
export interface StoreArguments {
  readonly store: string;
  readonly json?: boolean;
}

export const GOLDEN_OPTION = {
  type: 'string',
  defaultDescription: '"golden", if it exists',
  describe: 'Directory of the goldens, whose results are kept; --no-golden keeps none',
  path: 'directory',
  negatable: true,
} as const;
