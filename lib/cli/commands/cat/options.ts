import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const CAT_OPTIONS = {
  ...VIEW_OPTIONS,
  json: {
    type: 'boolean',
    describe: 'Print kind, digest, size and record count as JSON instead of the bytes',
  },
} as const satisfies Options;

export const CAT_OPERANDS = {
  '<run>': RUN_REF,
  '<kind>': { type: 'string', describe: 'Artefact, such as u_ledger' },
} as const satisfies Operands;

export type CatArguments = Parsed<typeof CAT_OPTIONS, typeof CAT_OPERANDS>;
