import { MAX_INT } from '../../base/integers.js';
import type { ApxiDescriptor } from '../inputs.js';
import { exactValues, type SourceVector } from './source-vector.js';

/** True if the trend is the same in every component of a tick; RUN_SEGMENT has width 1 by its contract. */
export function predict(descriptor: ApxiDescriptor, q: number): number | bigint {
  switch (descriptor.descriptor_type) {
    case 'CONST_SEGMENT':
      return descriptor.params.value;
    case 'RUN_SEGMENT': {
      const { pattern } = descriptor.params;
      return pattern[q % pattern.length]!;
    }
    case 'LINEAR_TREND': {
      const { intercept, slope, start_tick } = descriptor.params;
      const step = start_tick + q;
      const rise = slope * step;
      const value = intercept + rise;
      // A rounded sum or product of safe integers is never below a safe one, so these tests prove exactness.
      if (Math.abs(step) <= MAX_INT && Math.abs(rise) <= MAX_INT && Math.abs(value) <= MAX_INT) return value;
      return BigInt(intercept) + BigInt(slope) * (BigInt(start_tick) + BigInt(q));
    }
  }
}

/** Bits of the descriptor itself (section 12). */
export function modelBits(descriptor: ApxiDescriptor, width: number): number {
  if (descriptor.descriptor_type !== 'LINEAR_TREND') return 1;
  const { intercept, slope, start_tick } = descriptor.params;
  return [start_tick !== 0, slope !== 0, intercept !== 0, width > 1].filter(Boolean).length + 3;
}

/**
 * Writes observed - predicted, per component, into `into`; exact for any size.
 *
 * @returns true if every residual is zero
 */
export function residual(observed: SourceVector, predicted: number | bigint, into: SourceVector): boolean {
  if (observed.exact !== null || typeof predicted === 'bigint') {
    return exactResidual(observed, predicted, into);
  }
  const { values } = observed;
  let isZero = true;
  let isSafe = true;
  for (let n = 0; n < values.length; n++) {
    const d = values[n]! - predicted;
    into.values[n] = d;
    if (d !== 0) isZero = false;
    if (d > MAX_INT || d < -MAX_INT) isSafe = false;
  }
  into.exact = null;
  return isSafe ? isZero : exactResidual(observed, predicted, into);
}

function exactResidual(observed: SourceVector, predicted: number | bigint, into: SourceVector): boolean {
  const offset = BigInt(predicted);
  const exact = exactValues(observed).map((value) => value - offset);
  const isStorable = exact.every((value) => value <= BigInt(MAX_INT) && value >= -BigInt(MAX_INT));
  exact.forEach((value, n) => (into.values[n] = Number(value)));
  into.exact = isStorable ? null : exact;
  return exact.every((value) => value === 0n);
}
