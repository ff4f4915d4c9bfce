import type { BrokenCase } from '../broken.js';

export const AEON_CASES: readonly BrokenCase[] = [
  ['v: 1', 'v: 2', ['not-allowed-value 1:4 /v']],
  ['{window_id: a,', '{window_id: b,', ['aeon-key 3:18 /base_windows/a/window_id']],
  ['tick_end: 4', 'tick_end: 0', ['window-order 3:46 /base_windows/a/tick_end']],
  [
    'tick_end: 4',
    'tick_end: -1',
    ['out-of-range 3:46 /base_windows/a/tick_end', 'window-order 3:46 /base_windows/a/tick_end'],
  ],
  ['tick_end: 4', 'tick_end: 4.5', ['not-an-integer 3:46 /base_windows/a/tick_end']],
  ['tick_start: 1, ', '', ['missing-key 3:6 /base_windows/a']],
  ['labels: [first]', "labels: ['']", ['empty-text 3:58 /base_windows/a/labels/0']],
  ['parent_id: all', 'parent_id: al', ['aeon-unknown 4:72 /base_windows/b/parent_id']],
  ['parent_id: all', 'parent_id: b', ['aeon-cycle 4:72 /base_windows/b/parent_id']],
  ['source_ids: [a, b]', 'source_ids: []', ['too-few-items 6:37 /derived_windows/all/source_ids']],
  ['source_ids: [a, b]', 'source_ids: [a, a]', ['duplicate-item 6:37 /derived_windows/all/source_ids']],
  ['source_ids: [a, b]', 'source_ids: [a, c]', ['aeon-unknown 6:41 /derived_windows/all/source_ids/1']],
  ['source_ids: [a, b]', 'source_ids: [all]', ['aeon-cycle 6:38 /derived_windows/all/source_ids/0']],
  [
    'source_ids: [a, b]',
    'source: [a, b]',
    ['missing-key 6:8 /derived_windows/all', 'unknown-key 6:25 /derived_windows/all/source'],
  ],
  [
    'source_ids: [a, b]}',
    'source_ids: [more]}\n  more: {window_id: more, source_ids: [all]}',
    ['aeon-cycle 6:37 /derived_windows/all/source_ids'],
  ],
  ['source_ids: [a, b]}', 'source_ids: [a, b], parent_id: b}', ['aeon-cycle 4:72 /base_windows/b/parent_id']],
  [
    'source_ids: [a, b]}',
    'source_ids: [a, b]}\n  a: {window_id: a, source_ids: [b]}',
    ['aeon-repeated 7:3 /derived_windows/a'],
  ],
  [
    'base_windows:',
    'base_window:',
    [
      'missing-key 1:1',
      'unknown-key 2:1 /base_window',
      'aeon-unknown 6:38 /derived_windows/all/source_ids/0',
      'aeon-unknown 6:41 /derived_windows/all/source_ids/1',
    ],
  ],
];
