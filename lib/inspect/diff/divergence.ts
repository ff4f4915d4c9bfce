import type { Json } from '../../base/canonical-json.js';
import type { JsonDifference } from '../../base/json-difference.js';
import type { ArtefactKind } from '../../run/records.js';

/** Where two runs part. */
export interface Divergence {
  /** Null for records of the whole run. */
  readonly tick: number | null;
  /** The last tick it may belong to, when the bytes that would tell exactly are gone; else null. */
  readonly tick_to: number | null;
  readonly artefact: ArtefactKind;
  /** The record's place in its artefact, from 0; null when unknown, or when one side lacks the whole artefact. */
  readonly record: number | null;
  /** JSON pointer into the record; '' when one side has no such record. */
  readonly pointer: string;
  /** Undefined where that side has nothing. */
  readonly a: Json | undefined;
  readonly b: Json | undefined;
  /** The differences within that record, in the order of computation; at most 100. */
  readonly fields: readonly JsonDifference[];
  /** True when the record differs in more than these. */
  readonly more_fields: boolean;
  /** The records themselves. */
  readonly a_record: Json | undefined;
  readonly b_record: Json | undefined;
}

const NOTHING = {
  record: null,
  pointer: '',
  fields: [],
  more_fields: false,
  a_record: undefined,
  b_record: undefined,
} as const;

/** Only one side has the artefact. */
export function lackingArtefact(artefact: ArtefactKind, hasA: boolean): Divergence {
  const [a, b] = hasA ? ['recorded', undefined] : [undefined, 'recorded'];
  return { ...NOTHING, tick: null, tick_to: null, artefact, a, b };
}

/** Digests tell that the artefact differs within these ticks, and nobody has the bytes that would tell where. */
export function untoldDivergence(
  artefact: ArtefactKind,
  ticks: { readonly from: number; readonly to: number } | null,
): Divergence {
  const [tick, tick_to] = ticks === null ? [null, null] : [ticks.from, ticks.to];
  return { ...NOTHING, tick, tick_to, artefact, a: undefined, b: undefined };
}
