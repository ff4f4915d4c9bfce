import type { BrokenCase } from '../broken.js';

export const BATCH_MANIFEST_CASES: readonly BrokenCase[] = [
  ['kind: BatchManifest', 'kind: BatchManifst', ['not-allowed-value 2:7 /kind']],
  ['kind: BatchManifest\n', '', ['missing-key 1:1']],
  ['id: two', 'id: one', ['scenario-repeated 7:5 /scenarios/1']],
  ['id: two', 'id: Two!', ['bad-format 7:9 /scenarios/1/id']],
  ['id: two', 'id: two\n    run_config: r.yaml', ['two-run-configs 8:5 /scenarios/1/run_config']],
  ['    run_config: r.yaml\n', '', ['missing-key 5:5 /scenarios/0']],
  [
    'name: m',
    'name: m\ndefaults: {metric: {enabled: true}}\nprofiles: {ci: {timeout: 3 days}}',
    ['unknown-key 4:12 /defaults/metric', 'bad-format 5:26 /profiles/ci/timeout'],
  ],
  [
    '    run_config: r.yaml',
    '    run_config: r.yaml\n    matrix: {tick: [1], "profile.C0": [1.5], "initial_state[": [1]}',
    [
      'unknown-key 7:14 /scenarios/0/matrix/tick',
      'not-an-integer 7:40 /scenarios/0/matrix/profile.C0/0',
      'unknown-key 7:46 /scenarios/0/matrix/initial_state[',
    ],
  ],
  [
    '    run_config: r.yaml',
    '    run_config: r.yaml\n    zip: {ticks: [1, 2], run_id: [a]}\n    matrix: {ticks: {range: [1, 5, 0]}}',
    [
      'axis-repeated 7:11 /scenarios/0/zip/ticks',
      'zip-length 7:34 /scenarios/0/zip/run_id',
      'bad-range 8:36 /scenarios/0/matrix/ticks/range/2',
    ],
  ],
  [
    '    run_config: r.yaml',
    '    run_config: r.yaml\n    random: {count: 0, over: {ticks: []}}\n    include: [{nid: 1.5}]\n    exclude: [{}]',
    [
      'missing-key 7:13 /scenarios/0/random',
      'out-of-range 7:21 /scenarios/0/random/count',
      'too-few-items 7:38 /scenarios/0/random/over/ticks',
      'not-an-integer 8:21 /scenarios/0/include/0/nid',
      'too-few-items 9:15 /scenarios/0/exclude/0',
    ],
  ],
  [
    '    run_config: r.yaml',
    '    run_config: r.yaml\n    matrix: {ticks: [8], run.ticks: [9], governance: [null]}\n    include: [{ticks: 8, run.ticks: 9}, {run.governance.gid: G}]',
    [
      'axis-repeated 7:26 /scenarios/0/matrix/run.ticks',
      'axis-repeated 8:26 /scenarios/0/include/0/run.ticks',
      'axis-overlap 8:42 /scenarios/0/include/1/run.governance.gid',
    ],
  ],
  [
    '    run_config: r.yaml',
    '    run_config: r.yaml\n    matrix: {"topology.edges[0].k": [1], topology.edges: [[]], "topology.edges[1]": [null], "initial_state[0]": [1], "initial_state[1]": [2]}',
    [
      'axis-overlap 7:42 /scenarios/0/matrix/topology.edges',
      'axis-overlap 7:64 /scenarios/0/matrix/topology.edges[1]',
    ],
  ],
  [
    '    run_config: r.yaml',
    '    run_config: r.yaml\n    repeat: 0\n    golden: 1\n    expect: failed\n    retain: none\n    timeout: 0s\n    retries: -1\n    runtime_hint: huge',
    [
      'out-of-range 7:13 /scenarios/0/repeat',
      'wrong-type 8:13 /scenarios/0/golden',
      'bad-format 9:13 /scenarios/0/expect',
      'not-allowed-value 10:13 /scenarios/0/retain',
      'bad-format 11:14 /scenarios/0/timeout',
      'out-of-range 12:14 /scenarios/0/retries',
      'not-allowed-value 13:19 /scenarios/0/runtime_hint',
    ],
  ],
  [
    '    run_config: r.yaml',
    '    run_config: r.yaml\n    expect: {fault: ""}\n    tags: [a, a]',
    ['empty-text 7:21 /scenarios/0/expect/fault', 'duplicate-item 8:11 /scenarios/0/tags'],
  ],
  ['    run_config: r.yaml', '    run: r.yaml', ['wrong-type 6:10 /scenarios/0/run']],
  ['    run_config: r.yaml', '    run_config: {}', ['wrong-type 6:17 /scenarios/0/run_config']],
  [
    '    run_config: r.yaml',
    '    run_config: r.yaml\n    random: {count: 5, seed: 1, over: {nid: [a, b], ticks: {range: [1, 2]}}}',
    ['out-of-range 7:21 /scenarios/0/random/count'],
  ],
  ['ticks: 8', 'ticks: -8', ['out-of-range 14:14 /scenarios/1/run/ticks']],
  [
    '{every: 4, apx_name: X}',
    '{every: 0}',
    ['missing-key 16:16 /scenarios/1/run/windows', 'out-of-range 16:24 /scenarios/1/run/windows/every'],
  ],
  [
    '{every: 4, apx_name: X}',
    '{every: 4, apx_name: X}\n      primary_window_id: W9',
    ['primary-missing 17:26 /scenarios/1/run/primary_window_id'],
  ],
];
