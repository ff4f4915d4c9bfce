import type { BrokenCase } from '../broken.js';

export const PROFILE_CASES: readonly BrokenCase[] = [
  ['name: CMP-0', 'name: PMC-0', ['bad-format 1:7 /name']],
  ['C0: 7', 'C0: 101', ['chain-start 3:5 /C0']],
  [
    '[R, ID]',
    '[R, R, IDD]',
    [
      'duplicate-item 6:37 /press_defaults/preferred_schemes',
      'not-allowed-value 6:44 /press_defaults/preferred_schemes/2',
    ],
  ],
  ['[R, ID]', '[]', ['too-few-items 6:37 /press_defaults/preferred_schemes']],
  [
    'press_defaults',
    'gr_max_p: 3\npress_default',
    ['unknown-key 6:1 /gr_max_p', 'unknown-key 7:1 /press_default'],
  ],
  [
    'preferred_schemes: [R, ID]',
    'gr_max_p: 31, accounting: mdl-v1',
    ['out-of-range 6:28 /press_defaults/gr_max_p', 'not-allowed-value 6:44 /press_defaults/accounting'],
  ],
  [
    'C0: 7',
    'C0: 7\ns_t_rule: {mode: prime-weighted}\nchain_rule: {constants: {a: 0.5}}\nnap_defaults: {layer: DAT, mode: ""}\nepsilon_cap: -1',
    [
      'not-allowed-value 4:18 /s_t_rule/mode',
      'not-an-integer 5:29 /chain_rule/constants/a',
      'not-allowed-value 6:23 /nap_defaults/layer',
      'empty-text 6:34 /nap_defaults/mode',
      'out-of-range 7:14 /epsilon_cap',
    ],
  ],
  ['modulus_M: 101', '$schema: 4\nmodulus_M: 101', ['wrong-type 2:10 /$schema']],
  ['modulus_M: 101', '$shema: a\nmodulus_M: 101', ['unknown-key 2:1 /$shema']],
  [
    'C0: 7',
    'C0: 7\nchain_rule: {updates: a}\ns_t_rule: {descriptions: a}\n',
    ['unknown-key 4:14 /chain_rule/updates', 'unknown-key 5:12 /s_t_rule/descriptions'],
  ],
  ['modulus_M: 101', 'modulus_M: 0', ['out-of-range 2:12 /modulus_M']],
  ['SC: 32', 'SC: -0.0', ['not-an-integer 4:5 /SC']],
];
