import type { Digest } from '../base/digest.js';
import { arrivalOf, byArrival, type Arrival } from './arrival.js';
import type { Publication } from './port.js';
import type { RunRecord } from './records.js';

/**
 * What decides which run a ref may name: refs/keys one that answers for its inputs, refs/scenarios the latest of its
 * name. Whoever writes a ref, or looks for what a missing one would name, decides it here.
 */
export interface RefClaim extends Arrival {
  readonly name: string;
  readonly input_key: Digest;
  readonly retain: RunRecord['retain'];
  /** True when the run may answer for its input key. */
  readonly answers: boolean;
}

export function refClaim(run: RunRecord): RefClaim {
  const { name, input_key, retain } = run;
  return { ...arrivalOf(run), name, input_key, retain, answers: mayAnswer(run) };
}

/** Records of older versions do not say; a completed run then answers for its key. */
export function mayAnswer({ answers, state }: RunRecord): boolean {
  return answers ?? state === 'completed';
}

/** By name of the ref, the run that it may name: the newest, but for a key a full one before a compact one. */
export interface RefHeirs {
  readonly keys: ReadonlyMap<string, string>;
  readonly scenarios: ReadonlyMap<string, string>;
}

export function refHeirs(claims: readonly RefClaim[]): RefHeirs {
  const oldestFirst = [...claims].sort(byArrival);
  const answering = oldestFirst.filter(({ answers }) => answers);
  const isFull = ({ retain }: RefClaim): boolean => retain === 'full';
  // What comes last stands.
  const compactFirst = [...answering.filter((run) => !isFull(run)), ...answering.filter(isFull)];
  return {
    keys: new Map(compactFirst.map((run) => [run.input_key, run.id])),
    scenarios: new Map(oldestFirst.map((run) => [run.name, run.id])),
  };
}

/**
 * True when a published run takes the ref of its key from the run that the ref names. A compact run leaves it to a full
 * one, which serves whoever asks for less; an imported one leaves it to any with another result, as what was relied upon
 * here stays so.
 */
export function takesKey(
  { record, cacheable, imported = false }: Publication,
  named: () => RunRecord | undefined,
): boolean {
  if (!cacheable) return false;
  if (!imported && record.retain === 'full') return true;
  const standing = named();
  if (standing === undefined || standing.answers === false) return true;
  if (standing.retain === 'full') return false;
  return !imported || (record.retain === 'full' && record.result_digest === standing.result_digest);
}

/**
 * True when a published run takes the ref of its name, and with it its place in the order of arrival. What comes from
 * elsewhere may be older than the latest here; only the dates of both tell.
 */
export function takesName(
  { record, imported = false }: Publication,
  named: () => RunRecord | undefined,
): boolean {
  const standing = imported ? named() : undefined;
  return standing === undefined || arrivalOf(standing).ended < arrivalOf(record).ended;
}
