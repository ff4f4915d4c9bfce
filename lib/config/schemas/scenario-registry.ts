import { documentSchema, listOf, map, name, orNull, path, text } from './schema-node.js';

const ENTRY = map(
  'One named scenario.',
  {
    scenario_id: name('Name of the scenario; unique over all loaded manifests.', { examples: ['gf01'] }),
    name: text('Title for people.'),
    description: text('What the scenario shows.'),
    pillars: listOf(name('A pillar.'), 'Pillars it exercises.'),
    tags: listOf(name('A tag.'), 'Tags for selection.'),
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
      v: { type: 'integer', const: 1, description: 'Version of the document shape.' },
      scenarios: listOf(ENTRY, 'The scenarios.'),
    },
    ['v', 'scenarios'],
  ),
);
