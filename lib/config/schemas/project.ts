import {
  constant,
  extended,
  list,
  mapOf,
  name,
  oneOf,
  safeInteger,
  text,
  type Infer,
} from '../../base/schema.js';
import { LABEL_VALUE, LABEL_VALUE_FORM } from '../../base/label.js';
import { MAX_JOBS } from '../limits.js';
import { REPORTERS } from '../reporter-names.js';
import { documentSchema, documentVersion, map, path } from './document-schema.js';

/** aether.yaml: the defaults of the commands of a project. */
export const PROJECT_SCHEMA = documentSchema(
  'project',
  'Project',
  map(
    'Defaults for the commands that run in a project: `aether.yaml` in its directory. Options on the command line and environment variables override it.',
    {
      v: documentVersion(1),
      kind: constant('Project', 'Marks the document as a project file.'),
      store: path('directory', 'Directory of the artefact tree, relative to this file (`--store`).', {
        default: 'artefacts',
      }),
      manifests: list(
        name('A file or glob, relative to this file.'),
        'Manifests that commands load if none are named (`--manifests`).',
        { minItems: 1, uniqueItems: true, default: ['manifests/*.yaml'] },
      ),
      golden: path('directory', 'Directory of the goldens, relative to this file (`--golden`).', {
        default: 'golden',
      }),
      jobs: safeInteger('Runs computed at once (`--jobs`); default the number of cores.', {
        minimum: 1,
        maximum: MAX_JOBS,
      }),
      reporters: list(
        oneOf(REPORTERS, 'A reporter.'),
        'Reporters of a batch (`--reporter`); a document other than `github` needs `output`.',
        { minItems: 1, uniqueItems: true, default: ['line'] },
      ),
      output: path('directory', 'Directory for the files of the reporters of a batch (`--output`).'),
      labels: mapOf(
        extended(text('Value of the label.', { pattern: LABEL_VALUE }), { 'x-expected': LABEL_VALUE_FORM }),
        'Labels of every run that a command executes or takes from the cache (`--label`).',
        { minProperties: 1 },
      ),
    },
    ['v', 'kind'],
  ),
);
export type ProjectDocument = Infer<typeof PROJECT_SCHEMA>;
