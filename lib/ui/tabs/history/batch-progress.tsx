import type { JSX } from 'react';
import type { BatchSummaryEntry } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import { ProgressBar } from '../../parts/progress-bar.js';

/** Progress of a batch, as a bar and as text. */
export function BatchProgress({ batch }: { readonly batch: BatchSummaryEntry }): JSX.Element {
  const { batch_id, total, done, cached, failed, counts } = batch;
  const others = [
    [counts.faulted_as_expected, 'faulted as expected'],
    [counts.cancelled, 'cancelled'],
    [counts.not_started, 'not started'],
  ] as const;
  return (
    <>
      <ProgressBar label={`Progress of batch ${batch_id}`} value={total === 0 ? 1 : done / total} />
      <span>
        {shownNumber(done)} of {shownNumber(total)} done, {shownNumber(cached)} cached,{' '}
        <span className={failed > 0 ? 'history-bad' : undefined}>{shownNumber(failed)} failed</span>
        {others
          .filter(([count]) => count > 0)
          .map(([count, word]) => `, ${shownNumber(count)} ${word}`)
          .join('')}
      </span>
    </>
  );
}
