import {
  extended,
  flag,
  list,
  name,
  oneOf,
  orNull,
  safeInteger,
  text,
  type Infer,
} from '../../base/schema.js';
import { ACCOUNTINGS, LAYERS, S_T_MODES, SCHEMES } from '../../engine/inputs.js';
import { documentSchema, map, note, openMap } from './document-schema.js';

/** Labels of DATA envelopes; a profile sets defaults, a run may override each. */
export const NAP_FIELDS = {
  v: safeInteger('Version number every envelope carries.', { minimum: 0, default: 1 }),
  layer: oneOf(LAYERS, 'Layer of the DATA envelopes.', { default: 'DATA' }),
  mode: name('Mode of the DATA envelopes.', { default: 'P' }),
};

const S_T_RULE = map('How a tick is reduced to the number s_t that enters the chain.', {
  type: text('Descriptive name; never read.'),
  description: note('The rule in words'),
  mode: orNull(oneOf(S_T_MODES, 'The rule; default constant.', { default: 'constant' })),
  value: orNull(safeInteger('For `constant`: the value.')),
  gf01_constant: orNull(safeInteger('For `constant` without `value`: the value; default 9.')),
  offset: orNull(safeInteger('For `sum_abs_flux`: added to the scaled sum.', { default: 0 })),
  scale: orNull(safeInteger('For `sum_abs_flux`: factor of the sum.', { default: 1 })),
  max_value: orNull(safeInteger('For `sum_abs_flux`: upper bound.')),
});

const CHAIN_RULE = map('C_t = (a * C_{t-1} + b * s_t + tick) mod M.', {
  type: text('Descriptive name; never read.'),
  update: note('The rule as a formula'),
  constants: orNull(
    map('Factors of the chain.', {
      a: safeInteger('Factor of the previous value.', { default: 17 }),
      b: safeInteger('Factor of s_t.', { default: 23 }),
    }),
  ),
});

const PRESS_DEFAULTS = map('How Press accounts for the windows.', {
  preferred_schemes: list(
    oneOf(SCHEMES, 'A coding scheme.'),
    'Schemes to choose from; the order breaks ties.',
    { minItems: 1, uniqueItems: true, default: ['R', 'GR', 'ID'] },
  ),
  accounting: oneOf(ACCOUNTINGS, 'Accounting of description lengths.', { default: 'mdl-v0' }),
  gr_max_p: safeInteger('Largest Golomb-Rice parameter tried.', { minimum: 0, maximum: 30, default: 4 }),
  gf01_streams: note('Streams of the published exam'),
});

/** Profile: the numeric constants of a run. */
export const PROFILE_SCHEMA = documentSchema(
  'profile',
  'Profile',
  map(
    'The numeric constants of a run: modulus, scale, chain and accounting.',
    {
      name: extended(
        text('Name of the profile, printed in manifests and blocks.', {
          pattern: '^CMP-',
          examples: ['CMP-0'],
        }),
        { 'x-expected': 'a name that starts with CMP-' },
      ),
      modulus_M: safeInteger('Modulus of the chain.', { minimum: 1, examples: [1000000007] }),
      C0: safeInteger('Chain value before tick 1; below modulus_M.', { minimum: 0, examples: [1234567] }),
      SC: safeInteger('Scale; equal to that of the topology.', { minimum: 1, examples: [32] }),
      I_block_spacing_W: safeInteger('Ticks between I-blocks.', { minimum: 1, examples: [8] }),
      epsilon_cap: orNull(safeInteger('Upper bound on the raw flux of an edge.', { minimum: 0 })),
      flux_rule: orNull(openMap('Descriptive; never read.')),
      chain_rule: orNull(CHAIN_RULE),
      s_t_rule: orNull(S_T_RULE),
      nap_defaults: orNull(map('Labels of the DATA envelopes.', NAP_FIELDS)),
      press_defaults: orNull(PRESS_DEFAULTS),
    },
    ['name', 'modulus_M', 'C0', 'SC', 'I_block_spacing_W'],
  ),
);

/** The field of `{enabled}` blocks. */
export const ENABLED = (fallback: boolean) => flag('Switches the block on or off.', { default: fallback });
export type ProfileDocument = Infer<typeof PROFILE_SCHEMA>;
