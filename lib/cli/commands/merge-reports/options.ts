import { wordsOf } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { DOCUMENT_REPORTERS } from '../../../config/reporter-names.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const MERGE_REPORTS_OPTIONS = {
  reporter: {
    ...text,
    describe: `Documents to write for the merged report: ${DOCUMENT_REPORTERS.join(', ')}`,
    repeats: true,
    coerce: wordsOf('--reporter', DOCUMENT_REPORTERS),
  },
  output: { ...text, path: 'directory', describe: 'Directory for the documents and for report.json' },
  json: { type: 'boolean', describe: 'Print the merged report as JSON' },
} as const satisfies Options;

export const MERGE_REPORTS_OPERANDS = {
  '<files..>': {
    type: 'string',
    array: true,
    path: 'file',
    describe: 'report.json files, or directories that contain one',
  },
} as const satisfies Operands;

export type MergeArguments = Parsed<typeof MERGE_REPORTS_OPTIONS, typeof MERGE_REPORTS_OPERANDS>;
