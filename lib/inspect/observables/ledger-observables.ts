import { exactCount, stateObservables, type RunObservables } from '../../base/observables.js';
import type { TickLedger } from '../../engine/umx/records.js';

/** The observables in the ledger of the last tick. */
export function ledgerObservables({
  post_u,
  edges,
}: Pick<TickLedger, 'post_u' | 'edges'>): Pick<
  RunObservables,
  'sum_u' | 'min_u' | 'max_u' | 'nonzero_nodes' | 'total_abs_flux'
> {
  return {
    ...stateObservables(post_u),
    total_abs_flux: exactCount(edges.map(({ f_e }) => Math.abs(f_e))),
  };
}

/** `settled_at` for the tick of the last flux. */
export function settledAt(lastFlux: number, ticks: number): number | null {
  return lastFlux < ticks ? lastFlux : null;
}
