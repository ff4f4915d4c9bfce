import type { Scheme } from '../inputs.js';

/** One way to code a stream of a window and what it costs. */
export interface Candidate {
  readonly scheme: Scheme;
  /** The Rice exponent for GR under mdl-v0, else 0. */
  readonly params: number;
  /** Bits; a bigint only beyond 2^53-1. */
  readonly L_model: number | bigint;
  readonly L_residual: number | bigint;
  readonly L_total: number | bigint;
}

/** What a window keeps per stream while it is open. */
export interface StreamAccount {
  /** Values seen. */
  readonly count: number;
  /** Every candidate, ID first, then GR by exponent, then R. */
  candidates(): readonly Candidate[];
  /** The one the accounting's rule selects. */
  choose(candidates: readonly Candidate[]): Candidate;
}
