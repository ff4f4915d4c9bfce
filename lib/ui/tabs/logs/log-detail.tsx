import type { JSX } from 'react';
import { EmptyState } from '../../parts/empty-state.js';
import { shownInstant } from '../../parts/numbers.js';
import type { LogRow } from './log-buffer.js';

/** The selected entry in full. */
export function LogDetail({ row }: { readonly row: LogRow | undefined }): JSX.Element {
  if (row === undefined) {
    return (
      <EmptyState title="No entry is selected">
        Select an entry to see its data; arrow keys move the selection.
      </EmptyState>
    );
  }
  const { timestamp, level, event_type, run_id, gid, message, payload } = row.entry;
  return (
    <>
      <h3>{message}</h3>
      <dl className="facts">
        <dt>Time</dt>
        <dd>
          {shownInstant(timestamp)} <span className="muted mono">({timestamp})</span>
        </dd>
        <dt>Level</dt>
        <dd>{level}</dd>
        <dt>Event</dt>
        <dd className="mono">{event_type}</dd>
        <dt>Run</dt>
        <dd className="mono">{run_id === '' ? '–' : run_id}</dd>
        {gid !== undefined && (
          <>
            <dt>Graph</dt>
            <dd className="mono">{gid}</dd>
          </>
        )}
      </dl>
      {payload === undefined ? (
        <p className="muted">No further data.</p>
      ) : (
        <pre className="block" tabIndex={0} role="region" aria-label="Payload">
          {JSON.stringify(payload, null, 2)}
        </pre>
      )}
    </>
  );
}
