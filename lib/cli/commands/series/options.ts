import { TABLE_FORMATS } from '../../../inspect/table/formats/table-pieces.js';
import { manyTexts, oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { OUTPUT_OPTIONS } from '../../options/output-options.js';
import { SELECTION_OPTIONS, SELECTOR_OPERANDS } from '../../options/selection-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const SERIES_OPTIONS = {
  metric: {
    ...text,
    repeats: true,
    describe:
      'Values of each tick, separated by commas: C_t, s_t, sum_abs_flux, sum_u, min_u, max_u, nonzero_nodes, u[3], u[*], f[7], f[*], press_bits, press_bits.<stream>',
    coerce: manyTexts,
  },
  from: { ...text, describe: 'First tick', defaultDescription: '1', coerce: oneInteger('--from', 1) },
  to: { ...text, describe: 'Last tick', coerce: oneInteger('--to', 1) },
  every: { ...text, describe: 'Only every k-th tick', coerce: oneInteger('--every', 1) },
  points: {
    ...text,
    describe: 'Approximate number of rows per run; minima and maxima are kept',
    coerce: oneInteger('--points', 2),
  },
  wide: { type: 'boolean', describe: 'One column per run', conflicts: 'long' },
  long: { type: 'boolean', describe: 'A column for the run, and one row per run and tick' },
  format: {
    ...text,
    choices: TABLE_FORMATS,
    describe: 'Format of the output',
    defaultDescription: 'from the file name, else csv',
  },
  ...OUTPUT_OPTIONS,
  ...SELECTION_OPTIONS,
} as const satisfies Options;

export const SERIES_OPERANDS = { '[selector..]': SELECTOR_OPERANDS } as const satisfies Operands;

export type SeriesArguments = Parsed<typeof SERIES_OPTIONS, typeof SERIES_OPERANDS>;
