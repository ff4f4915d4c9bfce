import { MAX_INT } from '../../base/integers.js';
import type { StreamSource } from '../inputs.js';
import type { UmxKernel } from '../umx/kernel.js';

/**
 * The values of one stream source at one tick. `exact` replaces `values` if a value exceeds 2^53-1 (only
 * possible for post_u_deltas).
 */
export interface SourceVector {
  readonly values: Float64Array;
  exact: readonly bigint[] | null;
}

/** Number of values per tick of a source. */
export function sourceWidth(source: StreamSource, nodes: number, edges: number): number {
  if (source === 'fluxes') return edges;
  return source === 'prev_chain' ? 1 : nodes;
}

/** Copies the current tick of a source into `into`. */
export function readSource(
  source: StreamSource,
  kernel: UmxKernel,
  prevChain: number,
  into: SourceVector,
): void {
  const { values } = into;
  into.exact = null;
  switch (source) {
    case 'fluxes':
      values.set(kernel.f_e);
      return;
    case 'pre_u':
      values.set(kernel.pre_u);
      return;
    case 'post_u':
      values.set(kernel.post_u);
      return;
    case 'prev_chain':
      values[0] = prevChain;
      return;
    case 'post_u_deltas':
      into.exact = readDeltas(kernel, values);
  }
}

function readDeltas(kernel: UmxKernel, values: Float64Array): bigint[] | null {
  const { pre_u, post_u } = kernel;
  let safe = true;
  for (let n = 0; n < values.length; n++) {
    const d = post_u[n]! - pre_u[n]!;
    values[n] = d;
    if (d > MAX_INT || d < -MAX_INT) safe = false;
  }
  if (safe) return null;
  return Array.from(post_u, (u, n) => BigInt(u) - BigInt(pre_u[n]!));
}

/** The vector's values as bigints. */
export function exactValues(vector: SourceVector): readonly bigint[] {
  return vector.exact ?? Array.from(vector.values, BigInt);
}
