import { mapOf, mixed, named, number, object, oneOf, text, type Infer } from './schema.js';

const PILLAR_IDS = ['aether', 'press', 'umx', 'loom', 'codex'] as const;
export type PillarId = (typeof PILLAR_IDS)[number];

const PILLAR_STATES = ['idle', 'warming', 'running', 'cooling', 'fault', 'unknown'] as const;
export type PillarState = (typeof PILLAR_STATES)[number];

/** One card of the pillars tab. */
export const PILLAR_STATUS = named(
  'PillarStatus',
  object(
    'What one pillar of the engine is doing.',
    {
      pillar_id: oneOf(PILLAR_IDS, 'Which pillar.'),
      name: text('Its name for people.'),
      status: oneOf(
        PILLAR_STATES,
        'Idle before a run, warming until its first tick, cooling while artefacts are published.',
      ),
    },
    {
      load: number('Share of what could be busy.', { minimum: 0, maximum: 1 }),
      headline_metric: text('The number that matters most.'),
      secondary_metric: text('The next one.'),
      governance_mode: text('Governance mode in force, where it matters.'),
      metrics: mapOf(mixed(['number', 'string', 'null']), 'The numbers behind the texts.'),
    },
  ),
);
export type PillarStatus = Infer<typeof PILLAR_STATUS>;
