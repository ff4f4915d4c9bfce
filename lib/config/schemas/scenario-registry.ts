import { list, name, orNull, text, type Infer } from '../../base/schema.js';
import { documentSchema, documentVersion, map, path } from './document-schema.js';

const ENTRY = map(
  'One named scenario.',
  {
    scenario_id: name('Name of the scenario; unique over all loaded manifests.', { examples: ['gf01'] }),
    name: text('Title for people.'),
    description: text('What the scenario shows.'),
    pillars: list(name('A pillar.'), 'Pillars it exercises.'),
    tags: list(name('A tag.'), 'Tags for selection.'),
    runtime_hint: orNull(text('Rough size.', { examples: ['tiny'] })),
    run_config_path: path('document', 'RunConfig document, relative to this file.'),
  },
  ['scenario_id', 'run_config_path'],
);

/** ScenarioRegistry: names for RunConfig documents. */
export const SCENARIO_REGISTRY_SCHEMA = documentSchema(
  'scenario-registry',
  'ScenarioRegistry',
  map(
    'Names for RunConfig documents; accepted in place of a batch manifest.',
    {
      v: documentVersion(1),
      scenarios: list(ENTRY, 'The scenarios.'),
    },
    ['v', 'scenarios'],
  ),
);
export type RegistryDocument = Infer<typeof SCENARIO_REGISTRY_SCHEMA>;
