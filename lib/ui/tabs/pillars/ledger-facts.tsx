import type { JSX } from 'react';
import { shownNumber } from '../../parts/numbers.js';
import type { TickLedger } from '../../../service/wire/index.js';
import { SlowNote } from './slow-note.js';

/** Facts of a tick ledger beside its edges; reserves its line while loading. */
export function LedgerFacts({
  ledger,
  isWaiting,
}: {
  readonly ledger: TickLedger | undefined;
  /** True while the ledger of another tick is loading. */
  readonly isWaiting: boolean;
}): JSX.Element {
  if (ledger === undefined) {
    return (
      <p className="pillars-facts">
        <SlowNote isWaiting={isWaiting} />
      </p>
    );
  }
  const { sum_pre_u, sum_post_u, causal_radius_applied, epsilon_applied, edges } = ledger;
  const active = edges.filter(({ f_e }) => f_e !== 0).length;
  return (
    <p className="pillars-facts">
      <span>
        sum of u {shownNumber(sum_post_u)}
        {sum_pre_u === sum_post_u ? ', conserved' : `, was ${shownNumber(sum_pre_u)}`}
      </span>
      <span>
        {shownNumber(active)} of {shownNumber(edges.length)} edges carry flux
      </span>
      {causal_radius_applied && <span>a causal radius clamped a difference</span>}
      {epsilon_applied && <span>the epsilon cap limited a flux</span>}
      <SlowNote isWaiting={isWaiting} />
    </p>
  );
}
