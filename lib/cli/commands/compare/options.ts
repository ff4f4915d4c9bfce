import { manyTexts } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { SELECTION_OPTIONS, SELECTOR_OPERANDS } from '../../options/selection-options.js';
import { OPEN_OPTION } from '../../output/open-output.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const COMPARE_OPTIONS = {
  json: { type: 'boolean', describe: 'Print the answer as JSON' },
  output: {
    ...text,
    path: 'file',
    alias: 'o',
    describe: 'File to write, .svg or .html: the runs over the same ticks, one panel per metric',
  },
  metric: {
    ...text,
    repeats: true,
    describe: 'Metrics to draw, named as in aether series, separated by commas',
    defaultDescription: 'sum_abs_flux,max_u,min_u',
    coerce: manyTexts,
  },
  open: OPEN_OPTION,
  ...SELECTION_OPTIONS,
} as const satisfies Options;

export const COMPARE_OPERANDS = { '[selector..]': SELECTOR_OPERANDS } as const satisfies Operands;

export type CompareArguments = Parsed<typeof COMPARE_OPTIONS, typeof COMPARE_OPERANDS>;
