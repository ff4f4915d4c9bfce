import { hashRecord, type Digest } from './digest.js';

/**
 * Kinds of artefacts that are not part of a result: inputs, additions of retention, and kinds with timestamps. The session
 * states for every kind whether it is one.
 */
export const NON_RESULT_KINDS = ['inputs', 'state_checkpoints', 'log'] as const;
export type NonResultKind = (typeof NON_RESULT_KINDS)[number];

const NON_RESULT: ReadonlySet<string> = new Set(NON_RESULT_KINDS);

/** True for a kind that is part of a result. */
export function isResultKind(kind: string): boolean {
  return !NON_RESULT.has(kind);
}

/** Digest of all results among the artefacts of a run (batch contract, section 4). */
export function resultDigest(
  artefacts: readonly { readonly kind: string; readonly digest: Digest }[],
): Digest {
  const results = artefacts.filter(({ kind }) => isResultKind(kind));
  return hashRecord(Object.fromEntries(results.map(({ kind, digest }) => [kind, digest])));
}
