import { list, name, oneOf, orNull, safeInteger, text, type Infer } from '../../base/schema.js';
import { SLP_OPS } from '../../engine/inputs.js';
import { documentSchema, documentVersion, map, openMap } from './document-schema.js';

/** Operations of sessions with several graphs; a run has one graph and refuses them. */
export const SESSION_OPS = ['GRAPH_ENABLE', 'GRAPH_DISABLE'] as const;

const PAYLOAD = map('Parameters of the operation; other keys are refused.', {
  node_id: safeInteger('Node that is added, removed or relabelled.', { minimum: 1 }),
  label: orNull(text('Name of the node for people.')),
  attrs: orNull(openMap('Free notes on the node; never read by the engine.')),
  e_id: safeInteger('Edge that is added, removed or changed.', { minimum: 1 }),
  i: safeInteger('Node the flux leaves when positive.', { minimum: 1 }),
  j: safeInteger('Node the flux enters when positive; never equal to i.', { minimum: 1 }),
  k: safeInteger('Conductance; default 0 for a new edge.', { minimum: 0 }),
  cap: safeInteger('Largest flux per tick; default 0 for a new edge.', { minimum: 0 }),
  c: safeInteger('Clamp on |du|; 0 for none.', { minimum: 0 }),
});

const EVENT = map(
  'One change of the graph. The events of a tick apply before its PFNA entries, in the order of their ids.',
  {
    event_id: name('Name of the event; unique in the document.', { examples: ['E050_0'] }),
    tick_effective: safeInteger('Tick before whose step the event applies.', { minimum: 1, examples: [50] }),
    op_type: oneOf([...SLP_OPS, ...SESSION_OPS], 'Kind of change.', { examples: ['REMOVE_EDGE'] }),
    payload: PAYLOAD,
    gid: orNull(name('Graph of the event; that of the document.')),
    meta: orNull(openMap('Free notes; never read.')),
  },
  ['event_id', 'tick_effective', 'op_type', 'payload'],
);

/** SLP: structural events that change the graph of a run. */
export const SLP_SCHEMA = documentSchema(
  'slp',
  'SLP',
  map(
    'Structural events of one run: nodes and edges that are added, removed and changed.',
    {
      v: documentVersion(1),
      gid: name('Graph of the run.', { examples: ['RING5'] }),
      events: list(EVENT, 'The events, in any order.'),
    },
    ['v', 'gid', 'events'],
  ),
);
export type SlpDocument = Infer<typeof SLP_SCHEMA>;
