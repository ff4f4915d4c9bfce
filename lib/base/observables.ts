import { MAX_INT } from './integers.js';

/** A count; decimal text if it exceeds the integers that a double represents exactly. */
export type ExactCount = number | string;

/**
 * Facts about the end of a run, not part of `result_digest`: all of them can be derived from the artefacts.
 */
export interface RunObservables {
  /** For the state after the last computed tick. */
  readonly sum_u: number;
  readonly min_u: number;
  readonly max_u: number;
  readonly nonzero_nodes: number;
  /** For the last tick; 0 before the first. */
  readonly total_abs_flux: ExactCount;
  /** First tick after which every flux is zero, 0 for a run without flux; null if the last tick has some. */
  readonly settled_at: number | null;
  readonly C_T: number;
  /** Sum of L_total over the streams of the primary window; null if the window did not close. */
  readonly press_bits: ExactCount | null;
  /** L_total by window and stream; null if there are too many for a record. */
  readonly press: Readonly<Record<string, Readonly<Record<string, number>>>> | null;
  /** Null if the Codex did not run to its end. */
  readonly codex_motifs: number | null;
  readonly proposals_accepted: number | null;
}

/** Maximum of streams of closed windows whose bits a record lists; beyond it, read the manifests. */
export const MOST_PRESS_STREAMS = 64;

/** The fields of a closed window that observables need. */
export interface ClosedManifest {
  readonly window_id: string;
  readonly streams: readonly { readonly stream_id: string; readonly L_total: number }[];
}

/** `press_bits` and `press` of a run that closed these windows. */
export function pressObservables(
  closed: Iterable<ClosedManifest>,
  primary: string,
  most = MOST_PRESS_STREAMS,
): Pick<RunObservables, 'press_bits' | 'press'> {
  let press_bits: ExactCount | null = null;
  const bits: [string, Record<string, number>][] = [];
  let held = 0;
  for (const { window_id, streams } of closed) {
    held += streams.length;
    if (held <= most) bits.push([window_id, bitsByStream(streams)]);
    if (window_id === primary) press_bits = pressBits(streams);
  }
  return { press_bits, press: held <= most ? Object.fromEntries(bits) : null };
}

/** The bits of every stream of windows. */
export function pressByStream(closed: readonly ClosedManifest[]): NonNullable<RunObservables['press']> {
  return Object.fromEntries(closed.map(({ window_id, streams }) => [window_id, bitsByStream(streams)]));
}

/** The bits of all streams of a window. */
export function pressBits(streams: ClosedManifest['streams']): ExactCount {
  return exactCount(streams.map(({ L_total }) => L_total));
}

function bitsByStream(streams: ClosedManifest['streams']): Record<string, number> {
  return Object.fromEntries(streams.map(({ stream_id, L_total }) => [stream_id, L_total]));
}

/** The exact sum of counts: in doubles as long as they are exact, which takes a tenth of the time of other integers. */
export function exactCount(counts: readonly (number | bigint)[]): ExactCount {
  let sum = 0;
  for (const count of counts) {
    if (typeof count === 'bigint' || !Number.isSafeInteger(count) || count < 0) return bigCount(counts);
    if ((sum += count) > MAX_INT) return bigCount(counts);
  }
  return sum;
}

function bigCount(counts: readonly (number | bigint)[]): ExactCount {
  let sum = 0n;
  for (const count of counts) sum += BigInt(count);
  return sum <= BigInt(MAX_INT) ? Number(sum) : sum.toString();
}

/** The observables of a state vector. */
export function stateObservables(
  state: ArrayLike<number>,
): Pick<RunObservables, 'sum_u' | 'min_u' | 'max_u' | 'nonzero_nodes'> {
  let [sum, magnitude] = [0, 0];
  let [min_u, max_u, nonzero_nodes] = [state[0]!, state[0]!, 0];
  for (let n = 0; n < state.length; n++) {
    const value = state[n]!;
    sum += value;
    magnitude += Math.abs(value);
    if (value < min_u) min_u = value;
    if (value > max_u) max_u = value;
    if (value !== 0) nonzero_nodes++;
  }
  const sum_u = magnitude <= MAX_INT ? sum : bigSum(state);
  return { sum_u, min_u, max_u, nonzero_nodes };
}

/** Partial sums may exceed the exact doubles even if the sum does not. */
function bigSum(state: ArrayLike<number>): number {
  return Number(Array.from(state, BigInt).reduce((sum, value) => sum + value, 0n));
}
