import type { BrokenCase } from '../broken.js';

const AT = '/windows/0/apxi_descriptors';

export const APXI_CASES: readonly BrokenCase[] = [
  ['apxi_enabled: true', 'apxi_enabled: 1', ['wrong-type 13:19 /windows/0/apxi_enabled']],
  [
    'apxi_residual_scheme: GR',
    'apxi_residual_scheme: GZ',
    ['not-allowed-value 14:27 /windows/0/apxi_residual_scheme'],
  ],
  [
    '      C:\n',
    '      D:\n',
    [
      `descriptor-stream 16:7 ${AT}/D`,
      `descriptor-stream 17:86 ${AT}/D/0/stream_id`,
      `descriptor-stream 18:83 ${AT}/D/1/stream_id`,
      `descriptor-stream 19:84 ${AT}/D/2/stream_id`,
    ],
  ],
  [
    'stream_id: C, params: {value',
    'stream_id: S, params: {value',
    [`descriptor-stream 17:86 ${AT}/C/0/stream_id`],
  ],
  [
    'window_id: day, stream_id: C, params: {value',
    'window_id: A, stream_id: C, params: {value',
    [`descriptor-window 17:70 ${AT}/C/0/window_id`],
  ],
  ['params: {value: 7}', 'params: {}', [`missing-key 17:97 ${AT}/C/0/params`]],
  ['params: {value: 7}', 'params: {value: 7.5}', [`not-an-integer 17:105 ${AT}/C/0/params/value`]],
  ['params: {value: 7}', 'params: {value: 7, slope: 1}', [`unknown-key 17:108 ${AT}/C/0/params/slope`]],
  [
    'params: {value: 7}',
    'params: {value: 9007199254740992}',
    [`integer-too-large 17:105 ${AT}/C/0/params/value`],
  ],
  ['params: {value: 7}', "params: {value: 7}, labels: ['']", [`empty-text 17:118 ${AT}/C/0/labels/0`]],
  ['CONST_SEGMENT', 'CONST', [`not-allowed-value 17:44 ${AT}/C/0/descriptor_type`]],
  ['repeats: 2', 'repeats: 3', [`descriptor-length 18:121 ${AT}/C/1/params/repeats`]],
  [
    'repeats: 2',
    'repeats: 0',
    [`descriptor-length 18:121 ${AT}/C/1/params/repeats`, `out-of-range 18:121 ${AT}/C/1/params/repeats`],
  ],
  ['pattern: [1, 2]', 'pattern: []', [`too-few-items 18:104 ${AT}/C/1/params/pattern`]],
  ['pattern: [1, 2]', 'pattern: [1, 2], slope: 3', [`unknown-key 18:112 ${AT}/C/1/params/slope`]],
  ['intercept: 1, ', '', [`missing-key 19:95 ${AT}/C/2/params`]],
  ['source: prev_chain', 'source: pre_u', [`descriptor-width 17:7 ${AT}/C`]],
  [
    'aeon_window_id: day',
    'aeon_window_id: night',
    [
      'aeon-unknown 12:21 /windows/0/aeon_window_id',
      `descriptor-window 17:70 ${AT}/C/0/window_id`,
      `descriptor-window 18:67 ${AT}/C/1/window_id`,
      `descriptor-window 19:68 ${AT}/C/2/window_id`,
    ],
  ],
  ['aeon_path: d.yaml', 'aeon_path: none.yaml', ['file-missing 6:12 /aeon_path']],
];
