import { isInt } from '../../base/integers.js';
import type { NapLabels, PressDefaults, Profile, STRule } from '../../engine/inputs.js';
import type { ProfileDocument } from '../schemas/profile.js';
import { childOf } from '../source/path.js';
import type { CheckContext } from './loaded.js';

/** A nested map of the document. */
type Block<K extends keyof ProfileDocument> = NonNullable<ProfileDocument[K]>;

/** Checks that a schema cannot express; accepts documents that do not match their schema. */
export function checkProfile({ view, problems }: CheckContext): void {
  const C0 = childOf(view.value, 'C0');
  const M = childOf(view.value, 'modulus_M');
  if (!isInt(C0) || !isInt(M) || M < 1 || C0 < M) return;
  const expected = `0 to ${String(M - 1)}`;
  problems.at(view, ['C0'], { code: 'chain-start', message: '"C0" must be below modulus_M', expected });
}

/** The profile of a run, with defaults filled in. */
export function buildProfile(raw: ProfileDocument): Profile {
  return {
    name: raw.name,
    modulus_M: raw.modulus_M,
    SC: raw.SC,
    I_block_spacing_W: raw.I_block_spacing_W,
    C0: raw.C0,
    epsilon_cap: raw.epsilon_cap ?? null,
    chain_a: raw.chain_rule?.constants?.a ?? 17,
    chain_b: raw.chain_rule?.constants?.b ?? 23,
    s_t_rule: buildSTRule(raw.s_t_rule ?? {}),
    press_defaults: buildPressDefaults(raw.press_defaults ?? {}),
    nap_defaults: buildNap(raw.nap_defaults ?? {}, { v: 1, layer: 'DATA', mode: 'P' }),
  };
}

/** The given labels over the defaults. */
export function buildNap(raw: Block<'nap_defaults'>, defaults: NapLabels): NapLabels {
  return { v: raw.v ?? defaults.v, layer: raw.layer ?? defaults.layer, mode: raw.mode ?? defaults.mode };
}

/** Without a mode the rule is `constant`: documents of the Python engine depend on it. */
function buildSTRule(raw: Block<'s_t_rule'>): STRule {
  switch (raw.mode ?? 'constant') {
    case 'prime_weighted':
      return { mode: 'prime_weighted' };
    case 'constant':
      return { mode: 'constant', value: raw.value ?? raw.gf01_constant ?? 9 };
    case 'sum_abs_flux':
      return {
        mode: 'sum_abs_flux',
        offset: raw.offset ?? 0,
        scale: raw.scale ?? 1,
        max_value: raw.max_value ?? null,
      };
  }
}

function buildPressDefaults(raw: Block<'press_defaults'>): PressDefaults {
  return {
    preferred_schemes: raw.preferred_schemes ?? ['R', 'GR', 'ID'],
    accounting: raw.accounting ?? 'mdl-v0',
    gr_max_p: raw.gr_max_p ?? 4,
  };
}
