import type { Digest } from '../base/digest.js';
import type { RunId } from '../base/run-id.js';
import { arrivalOf, byArrival, type Arrival } from './arrival.js';
import type { Publication } from './port.js';
import type { RunRecord } from './record-types.js';

/**
 * The fields that decide which run a ref may name: refs/keys a run that answers for its inputs,
 * refs/scenarios the latest run of its name. Every writer of a ref, and every search for the target of a
 * missing one, uses the rules here.
 */
export interface RefClaim extends Arrival {
  readonly id: RunId;
  readonly name: string;
  readonly input_key: Digest;
  readonly retain: RunRecord['retain'];
  /** True if the run may answer for its input key. */
  readonly answers: boolean;
}

export function refClaim(run: RunRecord): RefClaim {
  const { id, name, input_key, retain } = run;
  return { ...arrivalOf(run), id, name, input_key, retain, answers: mayAnswer(run) };
}

/** Records of older versions lack the field; a completed run then answers for its key. */
export function mayAnswer({ answers, state }: RunRecord): boolean {
  return answers ?? state === 'completed';
}

/**
 * The run that a ref may name, by name of the ref: the newest, but for a key a full one takes precedence over
 * a compact one.
 */
export interface RefHeirs {
  readonly keys: ReadonlyMap<string, RunId>;
  readonly scenarios: ReadonlyMap<string, RunId>;
}

export function refHeirs(claims: readonly RefClaim[]): RefHeirs {
  const oldestFirst = [...claims].sort(byArrival);
  const answering = oldestFirst.filter(({ answers }) => answers);
  const isFull = ({ retain }: RefClaim): boolean => retain === 'full';
  // The last entry wins.
  const compactFirst = [...answering.filter((run) => !isFull(run)), ...answering.filter(isFull)];
  return {
    keys: new Map(compactFirst.map((run) => [run.input_key, run.id])),
    scenarios: new Map(oldestFirst.map((run) => [run.name, run.id])),
  };
}

/**
 * True if a published run takes the ref of its key from the run that the ref names. A compact run leaves it
 * to a full one, which has more artefacts; an imported one leaves it to any run with another result, so that
 * results relied upon here stay the same.
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
 * True if a published run takes the ref of its name, and with it its place in the order of arrival. An
 * imported run may be older than the latest here; only the dates of both decide.
 */
export function takesName(
  { record, imported = false }: Publication,
  named: () => RunRecord | undefined,
): boolean {
  const standing = imported ? named() : undefined;
  return standing === undefined || arrivalOf(standing).ended < arrivalOf(record).ended;
}
