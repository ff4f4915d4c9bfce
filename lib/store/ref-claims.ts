import type { Digest } from '../base/digest.js';
import type { Publication } from './port.js';
import type { RunRecord } from './records.js';

/**
 * What decides which run a ref may name: refs/keys one that answers for its inputs, refs/scenarios the latest of its
 * name. Whoever writes a ref, or looks for what a missing one would name, decides it here.
 */
export interface RefClaim {
  readonly id: string;
  readonly name: string;
  readonly input_key: Digest;
  readonly retain: RunRecord['retain'];
  /** True when the run may answer for its input key. */
  readonly answers: boolean;
  /** Milliseconds since the epoch. */
  readonly ended: number;
}

export function refClaim(run: RunRecord): RefClaim {
  const { id, name, input_key, retain } = run;
  return { id, name, input_key, retain, answers: mayAnswer(run), ended: Date.parse(run.ended_at) };
}

/** Records of older versions do not say; a completed run then answers for its key. */
export function mayAnswer({ answers, state }: RunRecord): boolean {
  return answers ?? state === 'completed';
}

/** Orders runs from the one that ended first to the one that ended last. */
export function byAge(a: RefClaim, b: RefClaim): number {
  return a.ended - b.ended || (a.id < b.id ? -1 : 1);
}

/** By name of the ref, the run that it may name: the newest, but for a key a full one before a compact one. */
export interface RefHeirs {
  readonly keys: ReadonlyMap<string, string>;
  readonly scenarios: ReadonlyMap<string, string>;
}

export function refHeirs(claims: readonly RefClaim[]): RefHeirs {
  const oldestFirst = [...claims].sort(byAge);
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

/** True when a published run takes the ref of its name: what comes from elsewhere may be older than the latest here. */
export function takesName(
  { record, imported = false }: Publication,
  named: () => RunRecord | undefined,
): boolean {
  const standing = imported ? named() : undefined;
  return standing === undefined || byAge(refClaim(standing), refClaim(record)) < 0;
}
