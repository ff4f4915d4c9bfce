import type { Scheme } from '../inputs.js';

/** One coding of a stream of a window and its cost. */
export interface Candidate {
  readonly scheme: Scheme;
  /** The Rice exponent for GR under mdl-v0, else 0. */
  readonly params: number;
  /** Bits; a bigint only beyond 2^53-1. */
  readonly L_model: number | bigint;
  readonly L_residual: number | bigint;
  readonly L_total: number | bigint;
}

/** State of a stream in an open window. */
export interface StreamAccount {
  /** Number of values. */
  readonly count: number;
  /** Every candidate, ID first, then GR by exponent, then R. */
  candidates(): readonly Candidate[];
  /** The candidate selected by the rule of the accounting. */
  choose(candidates: readonly Candidate[]): Candidate;
}
