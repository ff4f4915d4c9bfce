import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import { manyTexts } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const DIFF_OPTIONS = {
  batch: {
    ...text,
    repeats: true,
    describe: 'Compare two batches instead of runs: id, unique prefix, latest, or a report; give it twice',
    coerce: manyTexts,
  },
  count: { type: 'boolean', describe: 'Count every differing record, without a limit on the bytes read' },
  markdown: { type: 'boolean', describe: 'Print the comparison of two batches as Markdown' },
  ...VIEW_OPTIONS,
} as const satisfies Options;

export const DIFF_OPERANDS = {
  '[a]': RUN_REF,
  '[b]': RUN_REF,
} as const satisfies Operands;

export type DiffArguments = Parsed<typeof DIFF_OPTIONS, typeof DIFF_OPERANDS>;
