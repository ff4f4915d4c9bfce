import type { BrokenCase } from '../broken.js';

export const PFNA_CASES: readonly BrokenCase[] = [
  ['v: 0', 'v: 1', ['not-allowed-value 1:4 /v']],
  ['pfna_id: b,', 'pfna_id: a,', ['entry-repeated 8:15 /entries/1/pfna_id']],
  [
    '[3, 4]',
    '[3.5, 12345678901234567890]',
    ['not-an-integer 8:36 /entries/1/values/0', 'integer-too-large 8:41 /entries/1/values/1'],
  ],
  [
    'tick: 1, values: [3, 4]',
    'tick: -1, values: 3, vales: 1',
    [
      'out-of-range 8:24 /entries/1/tick',
      'wrong-type 8:36 /entries/1/values',
      'unknown-key 8:39 /entries/1/vales',
    ],
  ],
  [
    'entries:',
    'transform: {clamp_min: 3, clamp_max: 2, scale: 9007199254740991}\nentries:',
    [
      'clamp-order 6:24 /transform/clamp_min',
      'transform-range 8:39 /entries/0/values/1',
      'transform-range 9:36 /entries/1/values/0',
      'transform-range 9:39 /entries/1/values/1',
    ],
  ],
  ['entries:\n', 'entries: []\nentry:\n', ['unknown-key 7:1 /entry']],
  ['pfna_id: bundle', 'pfna_id: [bundle]', ['wrong-type 2:10 /pfna_id']],
];
