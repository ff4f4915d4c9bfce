import { isInt } from '../../base/integers.js';
import type {
  Accounting,
  Layer,
  NapLabels,
  PressDefaults,
  Profile,
  Scheme,
  STMode,
  STRule,
} from '../../engine/inputs.js';
import { childOf } from '../source/path.js';
import type { CheckContext } from './loaded.js';

/** A Profile that matches its schema. */
export interface RawProfile {
  readonly name: string;
  readonly modulus_M: number;
  readonly C0: number;
  readonly SC: number;
  readonly I_block_spacing_W: number;
  readonly epsilon_cap?: number | null;
  readonly chain_rule?: { readonly constants?: { readonly a?: number; readonly b?: number } | null } | null;
  readonly s_t_rule?: RawSTRule | null;
  readonly nap_defaults?: RawNap | null;
  readonly press_defaults?: RawPressDefaults | null;
}

/** Labels in a profile or a run. */
export interface RawNap {
  readonly v?: number;
  readonly layer?: Layer;
  readonly mode?: string;
}

interface RawSTRule {
  readonly mode?: STMode | null;
  readonly value?: number | null;
  readonly gf01_constant?: number | null;
  readonly offset?: number | null;
  readonly scale?: number | null;
  readonly max_value?: number | null;
}

interface RawPressDefaults {
  readonly preferred_schemes?: readonly Scheme[];
  readonly accounting?: Accounting;
  readonly gr_max_p?: number;
}

/** Checks that a schema cannot express; accepts documents that do not match their schema. */
export function checkProfile({ view, problems }: CheckContext): void {
  const C0 = childOf(view.value, 'C0');
  const M = childOf(view.value, 'modulus_M');
  if (!isInt(C0) || !isInt(M) || M < 1 || C0 < M) return;
  const expected = `0 to ${String(M - 1)}`;
  problems.at(view, ['C0'], { code: 'chain-start', message: '"C0" must be below modulus_M', expected });
}

/** The profile of a run, with defaults filled in. */
export function buildProfile(raw: RawProfile): Profile {
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
export function buildNap(raw: RawNap, defaults: NapLabels): NapLabels {
  return { v: raw.v ?? defaults.v, layer: raw.layer ?? defaults.layer, mode: raw.mode ?? defaults.mode };
}

/** Without a mode the rule is `constant`: documents of the Python engine depend on it. */
function buildSTRule(raw: RawSTRule): STRule {
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

function buildPressDefaults(raw: RawPressDefaults): PressDefaults {
  return {
    preferred_schemes: raw.preferred_schemes ?? ['R', 'GR', 'ID'],
    accounting: raw.accounting ?? 'mdl-v0',
    gr_max_p: raw.gr_max_p ?? 4,
  };
}
