import { STORE } from '../options/common-options.js';

/** Options of every command that reads stored runs. */
export const VIEW_OPTIONS = {
  store: STORE,
  json: { type: 'boolean', describe: 'Print the answer as JSON' },
} as const;

/** The parsed options. */
export interface ViewArguments {
  readonly store: string;
  readonly json?: boolean;
}

export const RUN_REF = {
  type: 'string',
  describe: 'Run id or unique prefix, run name, scenario id, or latest',
} as const;
