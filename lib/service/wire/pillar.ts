import { mapOf, mixed, number, object, oneOf, text, type Infer } from '../../base/schema.js';
import { named } from './named-schema.js';

const PILLAR_IDS = ['aether', 'press', 'umx', 'loom', 'codex'] as const;
export type PillarId = (typeof PILLAR_IDS)[number];

const PILLAR_STATES = ['idle', 'warming', 'running', 'cooling', 'fault', 'unknown'] as const;
export type PillarState = (typeof PILLAR_STATES)[number];

/** One card of the pillars tab. */
export const PILLAR_STATUS = named(
  'PillarStatus',
  object(
    'State of one pillar of the engine.',
    {
      pillar_id: oneOf(PILLAR_IDS, 'The pillar.'),
      name: text('Its title.'),
      status: oneOf(
        PILLAR_STATES,
        'Idle before a run, warming until its first tick, cooling while artefacts are published.',
      ),
    },
    {
      load: number('Load, as a share of the maximum.', { minimum: 0, maximum: 1 }),
      headline_metric: text('The main number, as text.'),
      secondary_metric: text('The second number, as text.'),
      governance_mode: text('Governance mode, if it applies.'),
      metrics: mapOf(mixed(['number', 'string', 'null']), 'The numbers behind the texts.'),
    },
  ),
);
export type PillarStatus = Infer<typeof PILLAR_STATUS>;
