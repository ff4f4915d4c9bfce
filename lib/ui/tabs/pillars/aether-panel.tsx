import type { JSX } from 'react';
import { Card } from '../../parts/card.js';
import { EnvelopeList } from './envelope-list.js';
import type { PanelProps } from './panel-props.js';
import { RecordGap, whyMissing } from './record-gap.js';
import type { LedgerEntry, RunStatus } from '../../../service/wire/index.js';
import { isLive, useRunRecord } from './run-records.js';
import { usePageStart } from './address.js';
import { EmptyState } from '../../parts/empty-state.js';
import { shownNumber } from '../../parts/numbers.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import { LedgerRow } from './ledger-row.js';
import { Pager } from './pager.js';

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

/** Ticks per page. */
const LEDGER_PAGE = 16;

/** U-ledger entries of a page, each of which can be verified against the stored artefacts. */
function LedgerTable({
  run,
  entries,
  from,
  goTo,
}: {
  readonly run: RunStatus;
  readonly entries: readonly LedgerEntry[];
  readonly from: number;
  readonly goTo: (from: number) => void;
}): JSX.Element {
  return (
    <>
      {entries.length === 0 ? (
        <EmptyState title={`No entries from tick ${shownNumber(from)} on`}>
          <p>{whyMissing(run)} An entry is written when the window of its tick closes.</p>
        </EmptyState>
      ) : (
        <ScrollTable
          label="U-ledger entries"
          table={{ className: 'pillars-ledger' }}
          columns={[
            { number: 'tick' },
            'verdict',
            'window_id',
            { number: 'C_t' },
            { number: 'manifest_check' },
            'prev_entry_hash',
            'policy_set_hash',
          ]}
        >
          {entries.map((entry) => (
            <LedgerRow key={entry.tick} run={run} entry={entry} />
          ))}
        </ScrollTable>
      )}
      <Pager what="ticks" from={from} size={LEDGER_PAGE} total={run.ticks_completed ?? 0} onGo={goTo} />
    </>
  );
}
