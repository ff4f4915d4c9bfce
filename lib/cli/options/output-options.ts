import { text } from './common-options.js';
import type { Options } from './declared.js';

/** Options of every command that writes data to a file or to standard output. */
export const OUTPUT_OPTIONS = {
  output: {
    ...text,
    path: 'file',
    alias: 'o',
    describe: 'File to write; its extension selects the format',
    defaultDescription: 'stdout',
  },
  replace: { type: 'boolean', describe: 'Overwrite the file if it exists' },
  'escape-formulas': {
    type: 'boolean',
    describe: "csv and tsv: prefix texts that a spreadsheet would evaluate with '",
  },
} as const satisfies Options;
