import type { JSX } from 'react';
import type { BatchDetail } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import { BatchPlan } from './batch-plan.js';

/** The plan of a batch; no run has been started. */
export function PlanPreview({ plan }: { readonly plan: BatchDetail }): JSX.Element {
  const { total, cached, runs } = plan;
  return (
    <section className="stack" aria-label="Plan preview">
      <h3>Plan preview</h3>
      <p role="status">
        {shownNumber(total)} runs: {shownNumber(total - cached)} to execute, {shownNumber(cached)} already in
        the store. No run has been started.
      </p>
      <BatchPlan runs={runs} />
    </section>
  );
}
