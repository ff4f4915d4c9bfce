import type { BrokenCase } from '../broken.js';

export const TOPOLOGY_CASES: readonly BrokenCase[] = [
  ['gid: G\n', '', ['missing-key 1:1']],
  ['gid: G', 'gid: 5', ['wrong-type 1:6 /gid']],
  ['gid: G', 'gid: ""', ['empty-text 1:6 /gid']],
  ['N: 2', 'N: 2.0', ['not-an-integer 3:4 /N']],
  ['N: 2', 'N: 9007199254740992', ['integer-too-large 3:4 /N']],
  ['N: 2', 'N: true', ['wrong-type 3:4 /N']],
  ['N: 2', 'N: "2"', ['wrong-type 3:4 /N']],
  ['N: 2', 'N: 3', ['node-count 6:3 /nodes']],
  ['SC: 32\nnodes', 'SC: 0\nnodes', ['out-of-range 4:5 /SC']],
  [
    '{node_id: 2, label: two}',
    '{node_id: 3, lable: two}',
    ['node-order 7:15 /nodes/1/node_id', 'unknown-key 7:18 /nodes/1/lable'],
  ],
  ['i: 2, j: 1', 'i: 3, j: 0', ['edge-endpoint 10:18 /edges/1/i', 'out-of-range 10:24 /edges/1/j']],
  ['i: 2, j: 1', 'i: 2, j: 2', ['self-loop 10:24 /edges/1/j']],
  ['SC: 32}', 'SC: 16}', ['edge-scale 10:45 /edges/1/SC']],
  [
    'k: 4, cap: 8}',
    'k: -1, cap: 1e3, causal_radius: 0}',
    [
      'out-of-range 9:30 /edges/0/k',
      'not-an-integer 9:39 /edges/0/cap',
      'out-of-range 9:59 /edges/0/causal_radius',
    ],
  ],
  ['version: v1', 'version: 1.0', ['not-an-integer 11:17 /meta/version']],
  [
    'meta: {version: v1}',
    'meta: [1]\nmax_edge_cap: 0\nnap_ref: 3',
    ['wrong-type 11:7 /meta', 'out-of-range 12:15 /max_edge_cap', 'wrong-type 13:10 /nap_ref'],
  ],
  ['N: 2', 'N: 2\nN: 3', ['duplicate-key 4:1 /N']],
  [
    'gid: G',
    'gid: G\n__proto__: 1\n<<: {a: 1}\n1: x\n? [a]\n: 2',
    ['refused-key 2:1', 'merge-key 3:1', 'key-not-text 4:1', 'key-not-text 5:3'],
  ],
  [
    'gid: G',
    'gid: !!str G\nx-a: !foo 1\nx-b: !!int "7"\nx-c: !!int x',
    ['unknown-tag 2:6 /x-a', 'unknown-tag 4:6 /x-c'],
  ],
  ['gid: G', 'gid: "\\ud800"', ['lone-surrogate 1:6 /gid']],
  ['- {node_id: 2, label: two}', '- 2', ['wrong-type 7:5 /nodes/1']],
  [
    'edges:\n  - {e_id: 1, i: 1, j: 2, k: 4, cap: 8}\n  - {e_id: 2, i: 2, j: 1, k: 4, cap: 8, SC: 32}',
    'edges: {a: 1}',
    ['wrong-type 8:8 /edges'],
  ],
  ['{e_id: 2, i: 2, j: 1', '{e_id: 5, i: 2, j: 1', ['edge-order 10:12 /edges/1/e_id']],
  [
    '{e_id: 2, i: 2, j: 1, k: 4, cap: 8, SC: 32}',
    '{i: 2, j: 1, K: 4}',
    [
      'missing-key 10:5 /edges/1',
      'missing-key 10:5 /edges/1',
      'missing-key 10:5 /edges/1',
      'unknown-key 10:18 /edges/1/K',
    ],
  ],
  ['N: 2', 'N: 1000001', ['too-many-nodes 3:4 /N', 'node-count 6:3 /nodes']],
  ['N: 2', 'N: .inf', ['not-an-integer 3:4 /N']],
  ['N: 2', 'N: 0x1FFFFFFFFFFFFFFF', ['integer-too-large 3:4 /N']],
  ['N: 2', 'N:', ['wrong-type 3:1 /N']],
];
