import { STORE } from '../options/common-options.js';
import type { Options } from '../options/declared.js';

/** Options of every command that reads stored runs. */
export const VIEW_OPTIONS = {
  store: STORE,
  json: { type: 'boolean', describe: 'Print the answer as JSON' },
} as const satisfies Options;

export const RUN_REF = {
  type: 'string',
  describe: 'Run id or unique prefix, run name, scenario id, or latest',
} as const;
