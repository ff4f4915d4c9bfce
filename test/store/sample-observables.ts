import type { RunObservables } from '../../lib/base/observables.js';

/** Observables of a run with constant state. */
export const OBSERVED: RunObservables = {
  sum_u: 4,
  min_u: -3,
  max_u: 5,
  nonzero_nodes: 2,
  total_abs_flux: 0,
  settled_at: 0,
  C_T: 7,
  press_bits: 15,
  press: { W1: { S1: 7, S2: 8 } },
  codex_motifs: null,
  proposals_accepted: null,
};
