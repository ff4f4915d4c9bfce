import type { BrokenCase } from '../broken.js';

export const RUN_CONFIG_CASES: readonly BrokenCase[] = [
  ['v: 1\n', 'v: 2\n', ['not-allowed-value 1:4 /v']],
  ['v: 1\n', '', ['missing-key 1:1']],
  ['gid: G', 'gid: H', ['f.yaml gid-mismatch 3:6 /gid', 'gid-mismatch 2:6 /gid']],
  ['topology_path: t.yaml', 'topology_path: nope.yaml', ['file-missing 4:16 /topology_path']],
  ['profile_path: p.yaml', 'profile_path: folder', ['not-a-file 5:15 /profile_path']],
  ['[1, 2]', '[1, 2, 3]', ['state-length 7:16 /initial_state']],
  ['[1, 2]', '[1, x]', ['wrong-type 7:20 /initial_state/1']],
  [
    'window_id: B, apx_name: XB',
    'window_id: A, apx_name: XA',
    ['window-repeated 10:17 /windows/1/window_id', 'window-repeated 10:30 /windows/1/apx_name'],
  ],
  [
    'start_tick: 5, end_tick: 8',
    'start_tick: 7, end_tick: 9',
    ['window-gap 9:3 /windows', 'window-range 10:59 /windows/1/end_tick'],
  ],
  [
    'start_tick: 5, end_tick: 8',
    'start_tick: 8, end_tick: 7',
    ['window-gap 9:3 /windows', 'window-order 10:59 /windows/1/end_tick'],
  ],
  ['start_tick: 1, end_tick: 4', 'start_tick: 3, end_tick: 4', ['window-gap 9:3 /windows']],
  ['primary_window_id: A', 'primary_window_id: C', ['primary-missing 11:20 /primary_window_id']],
  ['primary_window_id: A\n', '', ['missing-key 1:1']],
  ['pfna_path: f.yaml\n', '', ['pfna-path-missing 12:14 /enable_pfna']],
  ['enable_pfna: true', 'enable_pfna: yes', ['wrong-type 12:14 /enable_pfna']],
  [
    'enable_pfna: true',
    'enable_pfna: true\ndiagnostics: {overflow_limit: -1, kill: true}\nlogging: {destination: file, level: loud}\nmetrics: true\nnap: {layer: X}',
    [
      'out-of-range 13:31 /diagnostics/overflow_limit',
      'unknown-key 13:35 /diagnostics/kill',
      'log-path-missing 14:24 /logging/destination',
      'not-allowed-value 14:37 /logging/level',
      'wrong-type 15:10 /metrics',
      'not-allowed-value 16:14 /nap/layer',
    ],
  ],
  ['windows:', 'windows: []\nx-windows:', ['too-few-items 8:10 /windows']],
  ['ticks: 8', 'tick: 8', ['missing-key 1:1', 'unknown-key 6:1 /tick']],
  ['ticks: 8', 'ticks: 0', ['out-of-range 6:8 /ticks']],
  [
    'governance:\n',
    'governance:\n  gid: Q\n  run_id: other\n',
    ['gid-mismatch 15:8 /governance/gid', 'run-id-mismatch 16:11 /governance/run_id'],
  ],
  [
    'max_actions_per_window: 1}',
    'max_action_per_window: 1}\n    - {policy_id: b1}\n  meta: {max_envelope_per_tick: 1, owner: me}',
    [
      'unknown-key 16:23 /governance/budget_policies/0/max_action_per_window',
      'policy-repeated 17:19 /governance/budget_policies/1/policy_id',
      'unknown-key 18:10 /governance/meta/max_envelope_per_tick',
    ],
  ],
  [
    '{window_id: B, apx_name: XB',
    '{window_id: "", apx_name: 5, streams: [{name: s, source: flux, scheme_hint: GZ}]',
    [
      'empty-text 10:17 /windows/1/window_id',
      'wrong-type 10:31 /windows/1/apx_name',
      'not-allowed-value 10:62 /windows/1/streams/0/source',
      'not-allowed-value 10:81 /windows/1/streams/0/scheme_hint',
    ],
  ],
  ['topology_path: t.yaml', 'topology_path: ""', ['empty-text 4:16 /topology_path']],
  ['ticks: 8', 'ticks: 9007199254740990', ['out-of-range 6:8 /ticks', 'window-gap 9:3 /windows']],
];
