import { manyTexts } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { SELECTION_OPTIONS } from '../../options/selection-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

/** Name of the author, for every command that adds a remark. */
export const BY = {
  ...text,
  describe: 'Name of the author',
  defaultDescription: '$AETHER_BY, user.name of git, or the system user',
} as const;

export const LABEL_OPTIONS = {
  ...SELECTION_OPTIONS,
  remove: {
    ...text,
    repeats: true,
    describe: 'Key of a label to remove; may be repeated',
    coerce: manyTexts,
  },
  by: BY,
  json: { type: 'boolean', describe: 'Print the labels and notes of the runs as JSON' },
} as const satisfies Options;

export const LABEL_OPERANDS = {
  '[words..]': {
    type: 'string',
    array: true,
    describe: 'Runs, as for table, and labels as key=value; without labels, print the labels of the runs',
  },
} as const satisfies Operands;

export type LabelArguments = Parsed<typeof LABEL_OPTIONS, typeof LABEL_OPERANDS>;
