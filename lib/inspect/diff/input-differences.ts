import type { Json } from '../../base/canonical-json.js';
import { jsonDifferences, type JsonDifference } from '../../base/json-difference.js';
import type { RunInputs } from '../../engine/inputs.js';
import {
  governanceRecord,
  pfnaRecord,
  profileRecord,
  runRecord,
  slpRecord,
  topologyRecord,
} from '../../session/input-key.js';

export const INPUT_DOCUMENTS = ['topology', 'profile', 'run', 'pfna', 'slp', 'governance'] as const;
export type InputDocument = (typeof INPUT_DOCUMENTS)[number];

/** A place where two resolved documents differ in a field that can change a result. */
export interface InputDifference extends JsonDifference {
  readonly document: InputDocument;
}

/**
 * The parts of each document that can change a result; labels, logging and the like are omitted, as in the
 * input key.
 */
export function decisiveInputs(inputs: RunInputs): Readonly<Record<InputDocument, Json>> {
  const { topology, profile, run, pfna, slp, governance } = inputs;
  return {
    topology: topologyRecord(topology),
    profile: profileRecord(profile),
    run: runRecord(run),
    pfna: pfna === null ? null : pfnaRecord(pfna, run.ticks),
    slp: slp === undefined ? null : slpRecord(slp, run.ticks),
    governance: governanceRecord(governance),
  };
}

/**
 * Up to `limit` differences of each document, documents in order, and whether there are more. The limit is
 * per document: two topologies may differ in a million places without hiding another document.
 */
export function inputDifferences(
  a: RunInputs,
  b: RunInputs,
  limit: number,
): { readonly inputs: readonly InputDifference[]; readonly more_inputs: boolean } {
  const left = decisiveInputs(a);
  const right = decisiveInputs(b);
  const found = INPUT_DOCUMENTS.map((document) => {
    const { list, more } = firstOf(jsonDifferences(left[document], right[document]), limit);
    return { list: list.map((difference) => ({ document, ...difference })), more };
  });
  return { inputs: found.flatMap(({ list }) => list), more_inputs: found.some(({ more }) => more) };
}

/** The first differences of an iterable, and whether there are more. */
export function firstOf<T>(
  items: Iterable<T>,
  limit: number,
): { readonly list: readonly T[]; readonly more: boolean } {
  const list: T[] = [];
  for (const item of items) {
    if (list.length === limit) return { list, more: true };
    list.push(item);
  }
  return { list, more: false };
}
