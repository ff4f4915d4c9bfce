import { SCENARIO_ID } from '../../base/run-name.js';
import { DURATION_FORM } from '../../base/quantity.js';
import { partialRunConfig } from './run-config.js';
import {
  documentSchema,
  integer,
  listOf,
  map,
  name,
  oneOf,
  path,
  text,
  type SchemaNode,
} from './schema-node.js';

const RUNTIME_HINTS = ['tiny', 'small', 'medium', 'large'] as const;
const RETENTIONS = ['full', 'compact'] as const;

const RANGE = listOf(
  integer('From, to (inclusive if reached) or step.'),
  '`[from, to]` or `[from, to, step]`.',
  {
    minItems: 2,
    maxItems: 3,
    examples: [[0, 100, 10]],
  },
);

const AXIS: SchemaNode = {
  ...map('A list of values, or `{range: [from, to, step]}`.', { range: RANGE }, ['range']),
  type: ['array', 'object'],
  minItems: 1,
  items: { description: 'A value of the axis.' },
};

function axes(description: string): SchemaNode {
  return { type: 'object', description, minProperties: 1, additionalProperties: AXIS };
}

const CELL: SchemaNode = {
  type: 'object',
  description: 'Values by axis name.',
  minProperties: 1,
  additionalProperties: { description: 'The value of the axis.' },
};

const RANDOM = map(
  'Combinations drawn by a seeded generator; the same seed draws the same combinations.',
  {
    count: integer('Number of draws; equal draws are one run.', {
      minimum: 1,
      maximum: 100_000,
    }),
    seed: integer('Seed of the generator.'),
    over: axes('Axes to draw from.'),
  },
  ['count', 'seed', 'over'],
);

const KNOBS: Readonly<Record<string, SchemaNode>> = {
  repeat: integer('Runs per cell; their digests must agree.', { minimum: 1, maximum: 10_000, default: 1 }),
  golden: {
    type: ['boolean', 'string'],
    'x-path': 'golden',
    pattern: '/',
    default: false,
    description:
      'True: compare with golden/<run name>. A path: compare with that directory, relative to this file.',
    'x-expected': 'true, false, or a path that contains a slash, such as ../golden/name',
  },
  expect: {
    ...map('Expected end of every run: `completed`, or `{fault: CODE}`.', { fault: name('Fault code.') }, [
      'fault',
    ]),
    type: ['string', 'object'],
    pattern: '^completed$',
    default: 'completed',
    'x-expected': 'completed or {fault: CODE}',
  },
  retain: oneOf(RETENTIONS, 'Artefacts that the store keeps of a run.', { default: 'full' }),
  timeout: {
    type: 'string',
    pattern: '^[1-9][0-9]{0,8}(ms|s|m|h)$',
    description: 'Time limit of a run; a number without a unit is refused.',
    examples: ['30s', '2m', '500ms'],
    'x-expected': DURATION_FORM,
  },
  retries: integer('Retries after failures of the machine; faults are never retried.', {
    minimum: 0,
    maximum: 100,
  }),
};

const SCENARIO = map(
  'One scenario; with sweeps, one run per combination.',
  {
    id: {
      type: 'string',
      pattern: SCENARIO_ID,
      description: 'Name; unique over all loaded manifests.',
      examples: ['gf01'],
      'x-expected':
        'at most 64 lower-case letters, digits, dots, underscores and dashes, first a letter or digit',
    },
    name: text('Title for people; default the id.'),
    description: text('What the scenario shows.'),
    pillars: listOf(name('A pillar.'), 'Pillars it exercises.'),
    tags: listOf(name('A tag.'), 'Tags for selection.', { uniqueItems: true }),
    runtime_hint: oneOf(RUNTIME_HINTS, 'Rough size.'),
    run: {
      ...partialRunConfig('The RunConfig, written here; paths are relative to this file.'),
      'x-expected': 'a map; the path of a document is given as "run_config"',
    },
    run_config: path('document', 'The RunConfig document, relative to this file.'),
    matrix: axes(
      'Axes to combine: one run per combination. No key of a sweep may set a part of the value of another.',
    ),
    zip: axes('Axes to step through together; all of the same length.'),
    random: RANDOM,
    include: listOf(CELL, 'Combinations to add, or values to add to combinations; each must add something.'),
    exclude: listOf(
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
      v: { type: 'integer', const: 1, description: 'Version of the document shape.' },
      kind: { type: 'string', const: 'BatchManifest', description: 'Marks the document as a manifest.' },
      name: name('Name of the manifest.', { examples: ['reference'] }),
      description: text('Purpose of the manifest.'),
      defaults: partialRunConfig(
        'Base of the run of every scenario: maps are merged key by key, other values are replaced.',
      ),
      profiles: {
        type: 'object',
        description: 'Named sets of scenario settings, chosen with --profile.',
        additionalProperties: map('Settings that replace those of every scenario.', KNOBS),
      },
      scenarios: listOf(SCENARIO, 'The scenarios.'),
    },
    ['v', 'kind', 'scenarios'],
  ),
);
