import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { Link } from 'react-router';
import type { BatchSummaryEntry } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { shownInstant, shownNumber } from '../../parts/numbers.js';
import { WordPill } from '../../parts/word-pill.js';
import { BATCHES_KEY } from './query-keys.js';
import { BatchProgress } from './batch-progress.js';
import { goldensText } from './batch-verdict.js';

const STEP = 30;
const MOST = 1000;
const WHILE_RUNNING_MS = 1000;
const ELSE_MS = 5000;

/** Every batch, newest first. */
export function BatchList({ selected }: { readonly selected: string | undefined }): JSX.Element {
  const [limit, setLimit] = useState(STEP);
  const { data, error, refetch } = useQuery({
    queryKey: [...BATCHES_KEY, 'list', limit],
    queryFn: ({ signal }) => ask<readonly BatchSummaryEntry[]>('/batches', { query: { limit }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.value.some((batch) => batch.state === 'running') === true ? WHILE_RUNNING_MS : ELSE_MS,
    placeholderData: keepPreviousData,
  });
  return (
    <Card
      title="Batches"
      actions={
        <Link
          className="button"
          to="/history/batches"
          aria-current={selected === undefined ? 'page' : undefined}
        >
          New batch
        </Link>
      }
    >
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {data === undefined && error === null && <Loading what="batches" lines={8} />}
      {data?.value.length === 0 && (
        <EmptyState title="No batches yet">
          Choose scenarios and start one, or run <code>aether batch</code> into the same store.
        </EmptyState>
      )}
      <ul className="history-batches">
        {data?.value.map((batch) => (
          <BatchItem key={batch.batch_id} batch={batch} isOpen={batch.batch_id === selected} />
        ))}
      </ul>
      {data?.next !== undefined && limit < MOST && (
        <button
          type="button"
          onClick={() => {
            setLimit(Math.min(limit + STEP, MOST));
          }}
        >
          Show older
        </button>
      )}
      {data?.next !== undefined && limit === MOST && (
        <p className="muted">
          The latest {shownNumber(MOST)} batches are shown; <code>aether batches</code> lists older ones.
        </p>
      )}
    </Card>
  );
}

function BatchItem({
  batch,
  isOpen,
}: {
  readonly batch: BatchSummaryEntry;
  readonly isOpen: boolean;
}): JSX.Element {
  const { batch_id, started_at, state, manifests, verdict } = batch;
  return (
    <li className={isOpen ? 'history-item history-item-open' : 'history-item'}>
      <div className="history-item-head">
        <Link
          className="history-row-link"
          to={`/history/batches/${encodeURIComponent(batch_id)}`}
          aria-current={isOpen ? 'true' : undefined}
        >
          {shownInstant(started_at)}
        </Link>
        <WordPill word={state} />
      </div>
      <BatchProgress batch={batch} />
      {verdict !== null && <span className="muted">Goldens: {goldensText(verdict.goldens)}</span>}
      <span className="muted history-wrap">{manifests.join(', ')}</span>
    </li>
  );
}
