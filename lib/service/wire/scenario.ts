import {
  flag,
  freeObject,
  id,
  integer,
  list,
  object,
  oneOf,
  orNull,
  text,
  type WireSchema,
} from './schema.js';
import { GOVERNANCE_PRESETS } from './governance.js';

/** One line of the scenario list. */
export interface ScenarioSummary {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** tiny, small, medium, large, or '' when the document does not say. */
  readonly runtime_hint: string;
  readonly pillars: readonly string[];
}

/** The parts of a RunConfig that the form edits; null where the documents are invalid. */
interface CoreParams {
  readonly ticks_total: number | null;
  readonly primary_window_id: string | null;
  readonly metrics_enabled: boolean | null;
  readonly logging_enabled: boolean | null;
}

/** A scenario as it is edited. */
export interface ScenarioDetail extends ScenarioSummary {
  readonly run_config_id: string;
  readonly core_params: CoreParams;
  readonly governance_preset?: string;
  readonly advanced?: Readonly<Record<string, unknown>>;
}

const RUNTIME_HINTS = ['tiny', 'small', 'medium', 'large'] as const;
const LONGEST = 4000;

const SUMMARY_FIELDS = {
  id: id('Id of the scenario.'),
  name: text('Title for people.'),
  description: text('What it shows.'),
  tags: list(text('A tag.'), 'Words to select it by.'),
  runtime_hint: text('Rough size; empty when the document does not say.'),
  pillars: list(text('A pillar.'), 'Pillars it exercises.'),
};

export const SCENARIO_SUMMARY: WireSchema = object('A scenario of the registry.', SUMMARY_FIELDS);

export const SCENARIO_DETAIL: WireSchema = object(
  'A scenario of the registry with what can be edited.',
  {
    ...SUMMARY_FIELDS,
    run_config_id: text('The RunConfig document, as the manifest names it.'),
    core_params: object(
      'The parts of the RunConfig that the form edits; null where the documents are invalid.',
      {
        ticks_total: orNull(integer('Number of ticks.')),
        primary_window_id: orNull(text('Window whose check the envelopes carry.')),
        metrics_enabled: orNull(flag('Whether runs keep their metrics.')),
        logging_enabled: orNull(flag('Whether runs keep a log.')),
      },
    ),
  },
  {
    governance_preset: text('Governance mode the documents ask for.'),
    advanced: freeObject(
      'What only an expert wants to see: the run in short, its sweep, knobs and problems.',
    ),
  },
);

/** Body of POST /scenarios/{id}: what is left out stays as it is. */
export interface ScenarioPatch {
  readonly name?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly runtime_hint?: string;
  readonly pillars?: readonly string[];
  readonly core_params?: Partial<{ readonly [K in keyof CoreParams]: NonNullable<CoreParams[K]> }>;
  readonly governance_preset?: string;
}

export const SCENARIO_PATCH: WireSchema = {
  ...object(
    'Fields to change; what is left out stays as it is.',
    {},
    {
      name: text('Title for people.', { minLength: 1, maxLength: 200 }),
      description: text('What it shows.', { maxLength: LONGEST }),
      tags: list(text('A tag.', { minLength: 1, maxLength: 100 }), 'Words to select it by.', {
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
  minProperties: 1,
};

/** Body of POST /scenarios/{id}/clone. */
export interface CloneScenario {
  readonly id: string;
  readonly name?: string;
}

export const CLONE_SCENARIO: WireSchema = object(
  'The new scenario.',
  { id: text('Its id.', { pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' }) },
  { name: text('Its title; the old one when left out.', { minLength: 1, maxLength: 200 }) },
);

/** GET /scenarios/{id}/source. */
export interface ScenarioSource {
  readonly file: string;
  readonly line: number;
  readonly yaml: string;
}

export const SCENARIO_SOURCE: WireSchema = object('The document a scenario is written in.', {
  file: text('Its file.'),
  line: integer('Where the scenario starts, from 1.'),
  yaml: text('The whole document, comments included.'),
});
