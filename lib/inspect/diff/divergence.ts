import type { Json } from '../../base/canonical-json.js';
import type { JsonDifference } from '../../base/json-difference.js';
import type { ArtefactKind } from '../../session/records.js';

/** The first difference of two runs. */
export interface Divergence {
  /** Null for records of the whole run. */
  readonly tick: number | null;
  /** The last possible tick, if the bytes for the exact one are gone; otherwise null. */
  readonly tick_to: number | null;
  readonly artefact: ArtefactKind;
  /**
   * Position of the record in its artefact, from 0; null if unknown, or if one side lacks the whole artefact.
   */
  readonly record: number | null;
  /** JSON pointer into the record; '' if one side has no such record. */
  readonly pointer: string;
  /** Undefined if that side has no value. */
  readonly a: Json | undefined;
  readonly b: Json | undefined;
  /** The differences within the record, in the order of computation; at most 100. */
  readonly fields: readonly JsonDifference[];
  /** True if the record has further differences. */
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

/**
 * The digests show that the artefact differs within these ticks, and the bytes for the exact place are gone.
 */
export function untoldDivergence(
  artefact: ArtefactKind,
  ticks: { readonly from: number; readonly to: number } | null,
): Divergence {
  const [tick, tick_to] = ticks === null ? [null, null] : [ticks.from, ticks.to];
  return { ...NOTHING, tick, tick_to, artefact, a: undefined, b: undefined };
}
