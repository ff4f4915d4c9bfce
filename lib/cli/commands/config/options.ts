import { REPORTERS } from '../../../config/reporter-names.js';
import { manyLabels, oneInteger, wordsOf } from '../../option-values.js';
import { GOLDEN, LABEL, MANIFESTS, STORE, text } from '../../options/common-options.js';
import type { Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const CONFIG_OPTIONS = {
  store: { ...STORE, configured: false },
  manifests: MANIFESTS,
  golden: { ...GOLDEN, configured: false },
  jobs: {
    ...text,
    alias: 'j',
    describe: 'Runs computed at once',
    coerce: oneInteger('--jobs', 1),
  },
  reporter: {
    ...text,
    repeats: true,
    describe: 'Reporters of a batch',
    coerce: wordsOf('--reporter', REPORTERS),
  },
  output: { ...text, path: 'directory', describe: 'Directory for the files of the reporters' },
  label: { ...LABEL, coerce: manyLabels('--label') },
  json: { type: 'boolean', describe: 'Print the settings as JSON' },
} as const satisfies Options;

export type ConfigArguments = Parsed<typeof CONFIG_OPTIONS>;
