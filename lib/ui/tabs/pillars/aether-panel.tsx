import type { JSX } from 'react';
import { Card } from '../../parts/card.js';
import { EnvelopeList } from './envelope-list.js';
import { LEDGER_PAGE, LedgerTable } from './ledger-table.js';
import type { PanelProps } from './panel-props.js';
import { RecordGap } from './record-gap.js';
import type { LedgerEntry } from '../../../service/wire/index.js';
import { isLive, useRunRecord } from './run-records.js';
import { usePageStart } from './page-start.js';

/** Envelopes at a tick, and the U-ledger, entry by entry. */
export function AetherPanel({ run }: PanelProps): JSX.Element {
  const last = run.ticks_completed ?? 0;
  const [from, goTo] = usePageStart(LEDGER_PAGE, last);
  const entries = useRunRecord<readonly LedgerEntry[]>(run, '/ledger', {
    query: { from, to: from + LEDGER_PAGE - 1 },
    keep: true,
  });
  // An empty previous page does not mean that this one is empty.
  const isOfOtherPage = entries.isPlaceholderData && entries.data?.length === 0;
  return (
    <>
      <EnvelopeList run={run} />
      <Card title="U-ledger">
        {isLive(run) || entries.data === undefined || isOfOtherPage ? (
          <RecordGap run={run} result={entries} what="U-ledger" lines={12} />
        ) : (
          <LedgerTable run={run} entries={entries.data} from={from} goTo={goTo} />
        )}
      </Card>
    </>
  );
}
