import { AGGREGATIONS } from '../../../inspect/table/table.js';
import { TABLE_FORMATS } from '../../../inspect/table/formats/table-pieces.js';
import { manyTexts, oneInteger, wordsOf } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { OUTPUT_OPTIONS } from '../../options/output-options.js';
import { SELECTION_OPTIONS, SELECTOR_OPERANDS } from '../../options/selection-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const TABLE_OPTIONS = {
  columns: {
    ...text,
    repeats: true,
    describe: 'Columns and globs over them, separated by commas, such as run,ticks,press_bits.*',
    defaultDescription: 'the varying columns and the results',
    coerce: manyTexts,
  },
  sort: {
    ...text,
    repeats: true,
    signed: true,
    describe: 'Columns to sort by, with - for descending order, such as -press_bits,run',
    defaultDescription: 'run',
    coerce: manyTexts,
  },
  'group-by': {
    ...text,
    repeats: true,
    describe: 'One row for each combination of the values of these columns',
    coerce: manyTexts,
  },
  agg: {
    ...text,
    repeats: true,
    describe: `Aggregations of each column of a group: ${AGGREGATIONS.join(', ')}`,
    defaultDescription: 'count',
    coerce: wordsOf('--agg', AGGREGATIONS),
  },
  offset: { ...text, describe: 'Rows to skip', coerce: oneInteger('--offset', 0) },
  limit: { ...text, describe: 'Maximum of rows', coerce: oneInteger('--limit', 1) },
  format: {
    ...text,
    choices: ['table', ...TABLE_FORMATS],
    describe: 'Format of the output',
    defaultDescription: 'from the file name, else table',
  },
  ...OUTPUT_OPTIONS,
  ...SELECTION_OPTIONS,
} as const satisfies Options;

export const TABLE_OPERANDS = { '[selector..]': SELECTOR_OPERANDS } as const satisfies Operands;

export type TableArguments = Parsed<typeof TABLE_OPTIONS, typeof TABLE_OPERANDS>;
