import { list, mixed, name, orNull, safeInteger, text, type Infer } from '../../base/schema.js';
import { documentSchema, map, openMap } from './document-schema.js';

const NODE = map(
  'One node of the graph.',
  {
    node_id: safeInteger('Number of the node; ids run from 1 to N in order.', { minimum: 1 }),
    label: orNull(text('Name for people; default `n<node_id>`.', { examples: ['n1'] })),
    attrs: orNull(openMap('Free notes on the node; never read by the engine.')),
  },
  ['node_id'],
);

const EDGE = map(
  'One directed edge; flux from i to j is positive.',
  {
    e_id: safeInteger('Number of the edge; ids run from 1 in order, and edges are computed in this order.', {
      minimum: 1,
    }),
    i: safeInteger('Node the flux leaves when positive.', { minimum: 1 }),
    j: safeInteger('Node the flux enters when positive; never equal to i.', { minimum: 1 }),
    k: safeInteger('Conductance: the flux is floor(k * |du| / SC).', { minimum: 0, examples: [1] }),
    cap: safeInteger('Largest flux per tick; 2147483647 means unbounded.', { minimum: 0, examples: [8] }),
    SC: safeInteger('Scale; equal to that of the topology, which is the default.', { minimum: 1 }),
    c: safeInteger('Clamp on |du| where no causal_radius is set; 0 for none.', { minimum: 0, default: 0 }),
    causal_radius: orNull(safeInteger('Clamp on |du| before the flux is computed.', { minimum: 1 })),
    attrs: orNull(openMap('Free notes on the edge; never read by the engine.')),
  },
  ['e_id', 'i', 'j', 'k', 'cap'],
);

/** TopologyProfile: the graph of a run. */
export const TOPOLOGY_SCHEMA = documentSchema(
  'topology',
  'TopologyProfile',
  map(
    'The graph a run simulates: nodes, edges and their limits.',
    {
      gid: name('Name of the graph; equal to the gid of its runs.', { examples: ['GF01'] }),
      profile: text('Numeric profile the graph was made for; informative, the run selects the profile.', {
        examples: ['CMP-0'],
      }),
      N: safeInteger('Number of nodes.', { minimum: 1, examples: [6] }),
      SC: safeInteger('Scale; equal to that of the profile.', { minimum: 1, examples: [32] }),
      nodes: orNull(list(NODE, 'The nodes, ids 1..N in order; left out: 1..N with labels n1..nN.')),
      edges: list(EDGE, 'The edges, ids 1..E in order; parallel edges are legal.'),
      causal_radius: safeInteger('Clamp on |du| for edges that set none; 0 for none.', {
        minimum: 0,
        default: 0,
      }),
      max_edge_cap: orNull(safeInteger('Upper bound on the cap of every edge.', { minimum: 1 })),
      nap_ref: orNull(text('Reference copied into every tick ledger.')),
      meta: orNull(
        openMap('Free notes; only `version` is read.', {
          version: mixed(
            ['string', 'integer', 'null'],
            'Version of the graph, printed in every block; default v1.',
            { examples: ['v1', 2] },
          ),
        }),
      ),
    },
    ['gid', 'profile', 'N', 'SC', 'edges'],
  ),
);
export type TopologyDocument = Infer<typeof TOPOLOGY_SCHEMA>;
