import { VIEW_OPTIONS } from '../../inspect/view-options.js';
import { oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { oneSince } from '../../options/selection-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

/** Value of --limit when it is not given. */
export const DEFAULT_LIMIT = 20;

export const HISTORY_OPTIONS = {
  since: {
    ...text,
    describe: 'Only batches since a time: an age such as 30d, or a date',
    coerce: oneSince('--since'),
  },
  limit: {
    ...text,
    describe: 'Number of batches to show, the latest first',
    defaultDescription: String(DEFAULT_LIMIT),
    coerce: oneInteger('--limit', 1),
  },
  ...VIEW_OPTIONS,
} as const satisfies Options;

export const HISTORY_OPERANDS = {
  '<name>': { type: 'string', describe: 'Run name, or scenario id' },
} as const satisfies Operands;

export type HistoryArguments = Parsed<typeof HISTORY_OPTIONS, typeof HISTORY_OPERANDS>;
