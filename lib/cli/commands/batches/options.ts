import { VIEW_OPTIONS } from '../../inspect/view-options.js';
import { oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

/** Value of --limit when it is not given. */
export const DEFAULT_LIMIT = 20;

export const BATCHES_OPTIONS = {
  limit: {
    ...text,
    describe: 'List at most this many, the latest first',
    defaultDescription: String(DEFAULT_LIMIT),
    coerce: oneInteger('--limit', 1),
  },
  ...VIEW_OPTIONS,
} as const satisfies Options;

export const BATCHES_OPERANDS = {
  '[action]': { choices: ['show'] as const, describe: 'Show one batch' },
  '[batch]': { type: 'string', describe: 'Batch id or unique prefix, or latest' },
} as const satisfies Operands;

export type BatchesArguments = Parsed<typeof BATCHES_OPTIONS, typeof BATCHES_OPERANDS>;
