import type { Digest } from '../base/digest.js';
import type { RunFailure, RunState } from '../store/record-types.js';

/** Expected end of a scenario. */
export type Expectation = 'completed' | { readonly fault: string };

/** Why an ended run does not count as a success; null if it ended as expected. */
export function unexpected(
  expect: Expectation,
  state: RunState,
  failure: RunFailure | null,
): RunFailure | null {
  if (expect === 'completed') return state === 'completed' ? null : failure;
  if (state === 'completed') {
    return misjudged('EXPECTED_FAULT_MISSING', `completed, but was expected to fault with ${expect.fault}`);
  }
  if (state !== 'faulted') return failure;
  if (failure?.code === expect.fault) return null;
  const found = failure?.code ?? 'an unknown fault';
  const message = `faulted with ${found} instead of ${expect.fault}: ${failure?.message ?? ''}`;
  return {
    ...misjudged('EXPECTED_OTHER_FAULT', message),
    tick: failure?.tick ?? null,
    place: failure?.place ?? null,
  };
}

/** An earlier execution to compare a result with. */
export interface OtherResult {
  readonly id: string;
  readonly state: RunState;
  readonly result_digest: Digest;
}

/**
 * The failure of a result that differs from another one of the same inputs and state; null if there is none.
 */
export function disagreementWith(
  other: OtherResult | null,
  state: RunState,
  digest: Digest,
): RunFailure | null {
  if (other?.state !== state || other.result_digest === digest) return null;
  return disagreement(digest, other.result_digest, other.id);
}

/** Two executions of the same inputs gave different results. */
function disagreement(run: Digest, other: Digest, where: string): RunFailure {
  return misjudged(
    'RESULTS_DISAGREE',
    `the same inputs gave result ${run.slice(0, 12)} here and ${other.slice(0, 12)} in ${where}`,
  );
}

function misjudged(code: string, message: string): RunFailure {
  return { code, message, tick: null, place: null };
}
