import { manyLabels } from '../../option-values.js';
import { LABEL, REPEATED_MANIFESTS, ROOT, SET, STORE } from '../../options/common-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const RUN_OPTIONS = {
  set: SET,
  root: ROOT,
  manifests: { ...REPEATED_MANIFESTS, describe: 'Manifests that contain the scenario; may be repeated' },
  store: STORE,
  force: { type: 'boolean', describe: 'Execute the run even if its result is stored' },
  label: {
    ...LABEL,
    describe: 'Label of the run, as key=value; may be repeated',
    coerce: manyLabels('--label'),
  },
  watch: {
    type: 'boolean',
    describe: 'Run again after each change of a document, and show the differences; Ctrl-C exits',
  },
  json: { type: 'boolean', describe: 'Print the run record' },
} as const satisfies Options;

export const RUN_OPERANDS = {
  '<scenario>': {
    type: 'string',
    path: 'file',
    describe: 'Scenario id, run name, or a RunConfig file',
  },
} as const satisfies Operands;

export type RunArguments = Parsed<typeof RUN_OPTIONS, typeof RUN_OPERANDS>;
