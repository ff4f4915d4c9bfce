import type { BrokenCase } from '../broken.js';

export const SLP_CASES: readonly BrokenCase[] = [
  ['v: 1', 'v: 0', ['not-allowed-value 1:4 /v']],
  ['gid: G\n', 'gid: [G]\n', ['wrong-type 2:6 /gid']],
  ['event_id: e1', 'event_id: e2', ['event-repeated 5:16 /events/1/event_id']],
  ['event_id: e1', "event_id: ''", ['empty-text 4:16 /events/0/event_id']],
  ['tick_effective: 2', 'tick_effective: 0', ['out-of-range 4:36 /events/0/tick_effective']],
  ['tick_effective: 2', 'tick_effective: 2.5', ['not-an-integer 4:36 /events/0/tick_effective']],
  ['ADD_NODE', 'ADD_NODES', ['not-allowed-value 4:48 /events/0/op_type']],
  ['ADD_NODE', 'GRAPH_ENABLE', ['session-operation 4:48 /events/0/op_type']],
  ['REMOVE_EDGE', 'GRAPH_DISABLE', ['session-operation 5:48 /events/1/op_type']],
  ['payload: {node_id: 3}', 'payload: {}', ['missing-key 4:67 /events/0/payload']],
  ['payload: {node_id: 3}', 'payload: {node_id: 3, e_id: 1}', ['unknown-key 4:80 /events/0/payload/e_id']],
  [
    'payload: {node_id: 3}',
    'payload: {node: 3}',
    [
      'missing-key 4:67 /events/0/payload',
      'unknown-key 4:68 /events/0/payload/node',
      'unknown-key 4:68 /events/0/payload/node',
    ],
  ],
  ['payload: {node_id: 3}', 'payload: 3', ['wrong-type 4:67 /events/0/payload']],
  ['payload: {node_id: 3}', 'payload: {node_id: 3}, gid: H', ['gid-mismatch 4:86 /events/0/gid']],
  [
    'i: 1, j: 2, k: 3',
    'i: 0, j: 2, k: -3',
    ['out-of-range 6:80 /events/2/payload/i', 'out-of-range 6:92 /events/2/payload/k'],
  ],
  ['events:\n', 'events: {}\nevent:\n', ['wrong-type 3:9 /events', 'unknown-key 4:1 /event']],
];

/** Valid on their own, and invalid beside the run `s.yaml` and its topology of two nodes and two edges. */
export const MISFIT_CASES: readonly BrokenCase[] = [
  ['gid: G\n', 'gid: H\n', ['e.yaml gid-mismatch 2:6 /gid']],
  ['node_id: 3}', 'node_id: 4}', ['e.yaml event-misfit 4:77 /events/0/payload/node_id']],
  [
    'REMOVE_EDGE, payload: {e_id: 2}',
    'REMOVE_EDGE, payload: {e_id: 1}',
    ['e.yaml event-misfit 5:77 /events/1/payload/e_id'],
  ],
  ['e_id: 2, i: 1', 'e_id: 3, i: 1', ['e.yaml event-misfit 6:74 /events/2/payload/e_id']],
  ['i: 1, j: 2', 'i: 1, j: 1', ['e.yaml self-loop 6:86 /events/2/payload/j']],
  ['i: 1, j: 2', 'i: 4, j: 2', ['e.yaml edge-endpoint 6:80 /events/2/payload/i']],
  [
    'UPDATE_EDGE, payload: {e_id: 1',
    'UPDATE_EDGE, payload: {e_id: 9',
    ['e.yaml event-misfit 7:77 /events/3/payload/e_id'],
  ],
  ['k: 7}', 'j: 1}', ['e.yaml self-loop 7:83 /events/3/payload/j']],
  ['k: 7}', 'i: 4}', ['e.yaml edge-endpoint 7:83 /events/3/payload/i']],
  [
    'UPDATE_NODE, payload: {node_id: 3',
    'UPDATE_NODE, payload: {node_id: 5',
    ['e.yaml event-misfit 8:80 /events/4/payload/node_id'],
  ],
  [
    'REMOVE_NODE, payload: {node_id: 3}}',
    'REMOVE_NODE, payload: {node_id: 3}}\n  - {event_id: e7, tick_effective: 7, op_type: REMOVE_NODE, payload: {node_id: 2}}\n  - {event_id: e8, tick_effective: 8, op_type: REMOVE_NODE, payload: {node_id: 1}}',
    ['e.yaml event-misfit 11:80 /events/7/payload/node_id'],
  ],
];
