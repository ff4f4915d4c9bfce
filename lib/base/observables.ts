import { MAX_INT } from './integers.js';
import { count, mapOf, node, orNull, record, safeInteger, type Infer, type Schema } from './schema.js';

/** A count; decimal text if it exceeds the integers that a double represents exactly. */
export type ExactCount = number | string;

function exact(description: string): Schema<ExactCount> {
  return node({
    type: ['integer', 'string'],
    minimum: 0,
    maximum: MAX_INT,
    pattern: '^[0-9]+$',
    description: `${description} Decimal text above 2^53-1.`,
  });
}

/** Schema of the observables in a run record. */
export const OBSERVABLES = record(
  'Facts about the end of a run, not part of `result_digest`: all of them can be derived from the artefacts.',
  {
    sum_u: safeInteger('Sum of the state after the last computed tick.'),
    min_u: safeInteger('Its minimum.'),
    max_u: safeInteger('Its maximum.'),
    nonzero_nodes: count('Nodes whose state is not 0.'),
    total_abs_flux: exact('Sum of the absolute fluxes of the last tick; 0 before the first.'),
    settled_at: orNull(
      count(
        'First tick after which every flux is zero, 0 for a run without flux; null if the last tick has some.',
      ),
    ),
    C_T: count('Chain value after the last tick.'),
    press_bits: orNull(
      exact('Sum of L_total over the streams of the primary window; null if the window did not close.'),
    ),
    press: orNull(
      mapOf(
        mapOf(count('Bits of a stream.'), 'Bits by stream.'),
        'L_total by window and stream; null if there are too many for a record.',
      ),
    ),
    codex_motifs: orNull(count('Motifs; null if the Codex did not run to its end.')),
    proposals_accepted: orNull(count('Accepted proposals; null if the Codex did not run to its end.')),
  },
);
/** Facts about the end of a run. */
export type RunObservables = Infer<typeof OBSERVABLES>;

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
