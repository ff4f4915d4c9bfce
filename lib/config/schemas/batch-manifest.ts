import {
  constant,
  extended,
  json,
  list,
  mapOf,
  name,
  node,
  oneOf,
  safeInteger,
  text,
  type Infer,
} from '../../base/schema.js';
import { SCENARIO_ID } from '../../base/run-name.js';
import { DURATION_FORM } from '../../base/quantity.js';
import { partialRunConfig } from './run-config.js';
import { documentSchema, documentVersion, listOrMap, map, path } from './document-schema.js';

const RUNTIME_HINTS = ['tiny', 'small', 'medium', 'large'] as const;
const RETENTIONS = ['full', 'compact'] as const;

const RANGE = list(
  safeInteger('From, to (inclusive if reached) or step.'),
  '`[from, to]` or `[from, to, step]`.',
  {
    minItems: 2,
    maxItems: 3,
    examples: [[0, 100, 10]],
  },
);

const AXIS = listOrMap(
  json('A value of the axis.'),
  map('A list of values, or `{range: [from, to, step]}`.', { range: RANGE }, ['range']),
);

const AXES = mapOf(AXIS, '', { minProperties: 1 });

function axes(description: string) {
  return extended(AXES, { description });
}

const CELL = mapOf(json('The value of the axis.'), 'Values by axis name.', { minProperties: 1 });

const RANDOM = map(
  'Combinations drawn by a seeded generator; the same seed draws the same combinations.',
  {
    count: safeInteger('Number of draws; equal draws are one run.', {
      minimum: 1,
      maximum: 100_000,
    }),
    seed: safeInteger('Seed of the generator.'),
    over: axes('Axes to draw from.'),
  },
  ['count', 'seed', 'over'],
);

const FAULT = map(
  'Expected end of every run: `completed`, or `{fault: CODE}`.',
  { fault: name('Fault code.') },
  ['fault'],
);

const KNOBS = {
  repeat: safeInteger('Runs per cell; their digests must agree.', {
    minimum: 1,
    maximum: 10_000,
    default: 1,
  }),
  golden: node<boolean | string>({
    type: ['boolean', 'string'],
    'x-path': 'golden',
    pattern: '/',
    default: false,
    description:
      'True: compare with golden/<run name>. A path: compare with that directory, relative to this file.',
    'x-expected': 'true, false, or a path that contains a slash, such as ../golden/name',
  }),
  expect: node<'completed' | Infer<typeof FAULT>>({
    ...FAULT,
    type: ['string', 'object'],
    pattern: '^completed$',
    default: 'completed',
    'x-expected': 'completed or {fault: CODE}',
  }),
  retain: oneOf(RETENTIONS, 'Artefacts that the store keeps of a run.', { default: 'full' }),
  timeout: extended(
    text('Time limit of a run; a number without a unit is refused.', {
      pattern: '^[1-9][0-9]{0,8}(ms|s|m|h)$',
      examples: ['30s', '2m', '500ms'],
    }),
    { 'x-expected': DURATION_FORM },
  ),
  retries: safeInteger('Retries after failures of the machine; faults are never retried.', {
    minimum: 0,
    maximum: 100,
  }),
};

const SCENARIO = map(
  'One scenario; with sweeps, one run per combination.',
  {
    id: extended(
      text('Name; unique over all loaded manifests.', { pattern: SCENARIO_ID, examples: ['gf01'] }),
      {
        'x-expected':
          'at most 64 lower-case letters, digits, dots, underscores and dashes, first a letter or digit',
      },
    ),
    name: text('Title for people; default the id.'),
    description: text('What the scenario shows.'),
    pillars: list(name('A pillar.'), 'Pillars it exercises.'),
    tags: list(name('A tag.'), 'Tags for selection.', { uniqueItems: true }),
    runtime_hint: oneOf(RUNTIME_HINTS, 'Rough size.'),
    run: extended(partialRunConfig('The RunConfig, written here; paths are relative to this file.'), {
      'x-expected': 'a map; the path of a document is given as "run_config"',
    }),
    run_config: path('document', 'The RunConfig document, relative to this file.'),
    matrix: axes(
      'Axes to combine: one run per combination. No key of a sweep may set a part of the value of another.',
    ),
    zip: axes('Axes to step through together; all of the same length.'),
    random: RANDOM,
    include: list(CELL, 'Combinations to add, or values to add to combinations; each must add something.'),
    exclude: list(
      CELL,
      'Combinations to remove; a partial combination matches all that contain it. Each must remove something.',
    ),
    ...KNOBS,
  },
  ['id'],
);

/** BatchManifest: scenarios, sweeps and settings of their runs. */
export const BATCH_MANIFEST_SCHEMA = documentSchema(
  'batch-manifest',
  'BatchManifest',
  map(
    'Scenarios, sweeps over them, and settings of their runs.',
    {
      v: documentVersion(1),
      kind: constant('BatchManifest', 'Marks the document as a manifest.'),
      name: name('Name of the manifest.', { examples: ['reference'] }),
      description: text('Purpose of the manifest.'),
      defaults: partialRunConfig(
        'Base of the run of every scenario: maps are merged key by key, other values are replaced.',
      ),
      profiles: mapOf(
        map('Settings that replace those of every scenario.', KNOBS),
        'Named sets of scenario settings, chosen with --profile.',
      ),
      scenarios: list(SCENARIO, 'The scenarios.'),
    },
    ['v', 'kind', 'scenarios'],
  ),
);
export type ManifestDocument = Infer<typeof BATCH_MANIFEST_SCHEMA>;
