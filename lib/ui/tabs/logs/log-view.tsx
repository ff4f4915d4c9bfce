import { useState, type JSX, type ReactNode } from 'react';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { LogFilters } from './log-filters.js';
import { LogList } from './log-list.js';
import { LogNone, LogStanding } from './log-standing.js';
import type { ChangeQuery, LogQuery } from './log-query.js';
import { useLogFeed } from './use-log-feed.js';
import type { LogBuffer, LogRow } from './log-buffer.js';
import { EmptyState } from '../../parts/empty-state.js';
import { shownInstant } from '../../parts/numbers.js';

/** One log: filters, entries, and the selected one in full. */
export function LogView({
  query,
  run,
  attempt,
  choice,
  onChange,
  onRetry,
}: {
  readonly query: LogQuery;
  /** A run; null for the service. */
  readonly run: string | null;
  readonly attempt: number;
  readonly choice: ReactNode;
  readonly onChange: ChangeQuery;
  readonly onRetry: () => void;
}): JSX.Element {
  const [paused, setPaused] = useState(false);
  // An entry in the URL takes precedence over following the end.
  const [follow, setFollow] = useState(query.entry === 0);
  const feed = useLogFeed({ run, filter: query, paused, attempt });
  const { buffer } = feed;
  const status = paused && feed.status !== 'ended' ? 'paused' : feed.status;
  const actions = (
    <>
      <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
        Pause
      </button>
      <button type="button" aria-pressed={follow} onClick={() => setFollow(!follow)}>
        Follow
      </button>
      <button
        type="button"
        disabled={buffer.received === 0}
        onClick={() => void saveLog(buffer, `aether-${run ?? 'service'}.log.jsonl`)}
      >
        Download
      </button>
    </>
  );
  return (
    <Card title="Log" actions={actions}>
      <div className="log-filters">
        {choice}
        <LogFilters query={query} types={buffer.types} onChange={onChange} />
      </div>
      <LogStanding buffer={buffer} status={status} />
      {status === 'failed' && <ErrorNotice error={feed.error} onRetry={onRetry} />}
      <div className="log-panes">
        {buffer.rows === 0 ? (
          <LogNone buffer={buffer} status={status} />
        ) : (
          <LogList
            buffer={buffer}
            label={run === null ? 'Entries of the service' : `Entries of run ${run}`}
            selected={query.entry}
            onSelect={(entry) => onChange({ entry })}
            follow={follow}
            onFollow={setFollow}
          />
        )}
        <section className="log-detail" aria-label="Selected entry" tabIndex={0}>
          <LogDetail row={query.entry === 0 ? undefined : buffer.find(query.entry)} />
        </section>
      </div>
    </Card>
  );
}

/** Number of pieces that are joined between two yields to the page. */
const AT_ONCE = 4;

/** Saves the loaded entries as a file of JSON lines. */
async function saveLog(buffer: LogBuffer, name: string): Promise<void> {
  const parts: Blob[] = [];
  for (const piece of buffer.pieces()) {
    parts.push(new Blob([piece]));
    if (parts.length % AT_ONCE === 0) await nextTask();
  }
  const url = URL.createObjectURL(new Blob(parts, { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has started by the next task; release the memory later.
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve));
}

/** The selected entry in full. */
function LogDetail({ row }: { readonly row: LogRow | undefined }): JSX.Element {
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
