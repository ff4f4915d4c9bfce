import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, type JSX } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { BatchDetail } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { between, shownDuration, shownInstant } from '../../parts/numbers.js';
import { WordPill } from '../../parts/word-pill.js';
import { BATCHES_KEY, batchKey } from './query-keys.js';
import { BatchChanges } from './batch-changes.js';
import { BatchPlan } from './batch-plan.js';
import { BatchProgress } from './batch-progress.js';
import { BatchVerdict } from './batch-verdict.js';
import { HISTORY_KEY } from './history-feed.js';

const WHILE_RUNNING_MS = 500;

/** One batch: its progress while it runs, and its plan with the outcome of every run. */
export function BatchCard({ id }: { readonly id: string }): JSX.Element {
  const client = useQueryClient();
  const path = `/batches/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useQuery({
    queryKey: batchKey(id),
    queryFn: async ({ signal }) => (await ask<BatchDetail>(path, { signal })).value,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? WHILE_RUNNING_MS : false),
  });
  const stop = useMutation({
    mutationFn: () => ask<BatchDetail>(`${path}/stop`, { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: BATCHES_KEY }),
  });
  const [words] = useSearchParams();
  const isCompared = words.has('changes');
  const isOver = data !== undefined && data.state !== 'running';
  // An ended batch adds runs to the history, and changes its state in the list.
  useEffect(() => {
    if (!isOver) return;
    void client.invalidateQueries({ queryKey: [...BATCHES_KEY, 'list'] });
    void client.invalidateQueries({ queryKey: HISTORY_KEY, exact: true });
  }, [client, isOver]);
  return (
    <Card
      title={`Batch ${id}`}
      actions={
        <>
          <Link className="button" to={`/history?batch=${encodeURIComponent(id)}`}>
            Its runs
          </Link>
          {isOver && (
            <Link
              className="button"
              to={`/history/batches/${encodeURIComponent(id)}${isCompared ? '' : '?changes'}`}
              aria-current={isCompared ? 'true' : undefined}
            >
              Compare with the previous batch
            </Link>
          )}
          <button
            type="button"
            className={data?.state === 'running' ? 'danger' : undefined}
            disabled={data?.state !== 'running' || stop.isPending}
            onClick={() => {
              stop.mutate();
            }}
          >
            {stop.isPending ? 'Stopping…' : 'Stop batch'}
          </button>
        </>
      }
    >
      <div className="stack">
        <ErrorNotice error={error} onRetry={() => void refetch()} />
        <ErrorNotice error={stop.error} onDismiss={stop.reset} />
        {data === undefined && error === null && <Loading what="the batch" lines={10} />}
        {data !== undefined && (
          <>
            <BatchFacts batch={data} />
            <BatchVerdict batch={data} />
            {isOver && isCompared && <BatchChanges id={id} against={words.get('changes') ?? ''} />}
            <div className="history-progress">
              <BatchProgress batch={data} />
            </div>
            <BatchPlan runs={data.runs} goldenIssues={data.golden_issues} />
          </>
        )}
      </div>
    </Card>
  );
}

function BatchFacts({ batch }: { readonly batch: BatchDetail }): JSX.Element {
  return (
    <dl className="facts">
      <dt>State</dt>
      <dd>
        <span role="status">
          <WordPill word={batch.state} />
        </span>
      </dd>
      <dt>Started</dt>
      <dd>{shownInstant(batch.started_at)}</dd>
      <dt>Duration</dt>
      <dd>
        {batch.ended_at === null ? 'running' : shownDuration(between(batch.started_at, batch.ended_at))}
      </dd>
      <dt>Documents</dt>
      <dd>{batch.manifests.join(', ')}</dd>
    </dl>
  );
}
