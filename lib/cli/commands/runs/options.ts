import { manyTexts, oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { SELECTION_OPTIONS, SELECTOR_OPERANDS } from '../../options/selection-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

/** Value of --limit when it is not given. */
export const DEFAULT_LIMIT = 20;

export const RUNS_OPTIONS = {
  filter: {
    ...text,
    describe: 'key=text for state, scenario, name, gid or code, or a text in the name; may be repeated',
    repeats: true,
    coerce: manyTexts,
  },
  limit: {
    ...text,
    describe: 'Number of runs to show, the latest first',
    defaultDescription: String(DEFAULT_LIMIT),
    coerce: oneInteger('--limit', 1),
  },
  json: { type: 'boolean', describe: 'Print the records as JSON' },
  ...SELECTION_OPTIONS,
} as const satisfies Options;

export const RUNS_OPERANDS = { '[selector..]': SELECTOR_OPERANDS } as const satisfies Operands;

export type RunsArguments = Parsed<typeof RUNS_OPTIONS, typeof RUNS_OPERANDS>;
