import { mapOf, number, object, oneOf, text, type WireSchema } from './schema.js';

const PILLAR_IDS = ['aether', 'press', 'umx', 'loom', 'codex'] as const;
export type PillarId = (typeof PILLAR_IDS)[number];

const PILLAR_STATES = ['idle', 'warming', 'running', 'cooling', 'fault', 'unknown'] as const;
export type PillarState = (typeof PILLAR_STATES)[number];

/** One card of the pillars tab. */
export interface PillarStatus {
  readonly pillar_id: PillarId;
  readonly name: string;
  readonly status: PillarState;
  /** 0..1. */
  readonly load?: number;
  readonly headline_metric?: string;
  readonly secondary_metric?: string;
  readonly governance_mode?: string;
  /** What the two texts are made of. */
  readonly metrics?: Readonly<Record<string, number | string | null>>;
}

export const PILLAR_STATUS: WireSchema = object(
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
    metrics: mapOf({ type: ['number', 'string', 'null'] }, 'The numbers behind the texts.'),
  },
);
