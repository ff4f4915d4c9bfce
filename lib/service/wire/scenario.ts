import { SCENARIO_ID } from '../../base/run-name.js';
import { GOVERNANCE_PRESETS } from './governance.js';
import {
  type Infer,
  extended,
  flag,
  freeObject,
  id,
  integer,
  list,
  object,
  oneOf,
  orNull,
  text,
} from '../../base/schema.js';
import { named } from './named-schema.js';

const RUNTIME_HINTS = ['tiny', 'small', 'medium', 'large'] as const;
const LONGEST = 4000;

const SUMMARY_FIELDS = {
  id: id('Id of the scenario.'),
  name: text('Title for people.'),
  description: text('Description.'),
  tags: list(text('A tag.'), 'Tags for selection.'),
  /** tiny, small, medium, large, or ''. */
  runtime_hint: text('Rough size; empty when the document does not say.'),
  pillars: list(text('A pillar.'), 'Pillars it exercises.'),
};

/** One line of the scenario list. */
export const SCENARIO_SUMMARY = named(
  'ScenarioSummary',
  object('A scenario of the registry.', SUMMARY_FIELDS),
);
export type ScenarioSummary = Infer<typeof SCENARIO_SUMMARY>;

/** A scenario with its editable fields. */
export const SCENARIO_DETAIL = named(
  'ScenarioDetail',
  object(
    'A scenario of the registry with its editable fields.',
    {
      ...SUMMARY_FIELDS,
      run_config_id: text('The RunConfig document, as the manifest names it.'),
      core_params: object('The editable fields of the RunConfig; null if the documents are invalid.', {
        ticks_total: orNull(integer('Number of ticks.')),
        primary_window_id: orNull(text('Window whose check the envelopes contain.')),
        metrics_enabled: orNull(flag('Whether runs keep their metrics.')),
        logging_enabled: orNull(flag('Whether runs keep a log.')),
      }),
    },
    {
      governance_preset: text('Governance mode of the documents.'),
      advanced: freeObject('Advanced details: summary of the run, its sweep, knobs and problems.'),
    },
  ),
);
export type ScenarioDetail = Infer<typeof SCENARIO_DETAIL>;

/** Body of POST /scenarios/{id}: absent fields are unchanged. */
export const SCENARIO_PATCH = named(
  'ScenarioPatch',
  extended(
    object(
      'Fields to change; absent fields are unchanged.',
      {},
      {
        name: text('Title for people.', { minLength: 1, maxLength: 200 }),
        description: text('Description.', { maxLength: LONGEST }),
        tags: list(text('A tag.', { minLength: 1, maxLength: 100 }), 'Tags for selection.', {
          maxItems: 100,
          uniqueItems: true,
        }),
        runtime_hint: oneOf(RUNTIME_HINTS, 'Rough size.'),
        pillars: list(text('A pillar.', { minLength: 1, maxLength: 100 }), 'Pillars it exercises.', {
          maxItems: 20,
        }),
        core_params: object(
          'Parts of the RunConfig.',
          {},
          {
            ticks_total: integer('Number of ticks.', { minimum: 1, maximum: Number.MAX_SAFE_INTEGER - 2 }),
            primary_window_id: text('A window of the run.', { minLength: 1, maxLength: 500 }),
            metrics_enabled: flag('Whether runs keep their metrics.'),
            logging_enabled: flag('Whether runs keep a log.'),
          },
        ),
        governance_preset: oneOf(GOVERNANCE_PRESETS, 'Governance mode.'),
      },
    ),
    { minProperties: 1 },
  ),
);
export type ScenarioPatch = Infer<typeof SCENARIO_PATCH>;

/** Body of POST /scenarios/{id}/clone. */
export const CLONE_SCENARIO = object(
  'The new scenario.',
  { id: text('Its id.', { pattern: SCENARIO_ID }) },
  { name: text('Its title; default the title of the original.', { minLength: 1, maxLength: 200 }) },
);

/** GET /scenarios/{id}/source. */
export const SCENARIO_SOURCE = named(
  'ScenarioSource',
  object('The document of a scenario.', {
    file: text('Its file.'),
    line: integer('Line at which the scenario starts, from 1.'),
    yaml: text('The whole document, comments included.'),
  }),
);
export type ScenarioSource = Infer<typeof SCENARIO_SOURCE>;
