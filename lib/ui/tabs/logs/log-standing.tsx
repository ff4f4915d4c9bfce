import type { JSX } from 'react';
import { EmptyState } from '../../parts/empty-state.js';
import { shownNumber } from '../../parts/numbers.js';
import type { LogBuffer } from './log-buffer.js';
import type { FeedStatus } from './log-feed.js';

/** Colour of each status. */
const COLOURS: Readonly<Record<FeedStatus, string>> = {
  loading: 'pending',
  live: 'info',
  ended: 'completed',
  paused: 'paused',
  reconnecting: 'warn',
  failed: 'failed',
};

/** State of the log: connection, loaded entries, shown entries. */
export function LogStanding({
  buffer,
  status,
}: {
  readonly buffer: LogBuffer;
  readonly status: FeedStatus;
}): JSX.Element {
  const { received, dropped, rows, isBehind } = buffer;
  return (
    <p className="row log-standing">
      <span className="pill" data-state={COLOURS[status]} role="status" aria-label={`Log: ${status}`}>
        {status}
      </span>
      <span>
        {shownNumber(rows)} of {shownNumber(received - dropped)} entries shown
      </span>
      {isBehind && <span className="muted">looking…</span>}
      {dropped > 0 && <span className="muted">{shownNumber(dropped)} older entries were dropped</span>}
    </p>
  );
}

/** Replaces the list if no entry is shown. */
export function LogNone({
  buffer: { received, isBehind },
  status,
}: {
  readonly buffer: LogBuffer;
  readonly status: FeedStatus;
}): JSX.Element {
  return <div className="log-none">{content()}</div>;

  function content(): JSX.Element | null {
    if (isBehind || status === 'loading' || status === 'failed') return null;
    if (received > 0)
      return <EmptyState title="No entry matches">Clear one of the filters above.</EmptyState>;
    if (status === 'ended') {
      return (
        <EmptyState title="Nothing to show">
          The run has no log, or none of its entries matches the filters above.
        </EmptyState>
      );
    }
    return <EmptyState title="Nothing yet">Entries appear as they are written.</EmptyState>;
  }
}
