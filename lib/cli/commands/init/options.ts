import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const INIT_OPTIONS = {
  json: { type: 'boolean', describe: 'Print the files and the next commands as JSON' },
} as const satisfies Options;

export const INIT_OPERANDS = {
  '[directory]': {
    type: 'string',
    default: '.',
    path: 'directory',
    describe: 'Directory of the project; created if missing',
  },
} as const satisfies Operands;

export type InitArguments = Parsed<typeof INIT_OPTIONS, typeof INIT_OPERANDS>;
