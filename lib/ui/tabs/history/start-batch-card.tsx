import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useNavigate } from 'react-router';
import type { BatchDetail, ScenarioSummary, StartBatch } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { STATE_KEY } from '../../api/live-state.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { allPages } from '../../api/all-pages.js';
import { BATCHES_KEY } from './query-keys.js';
import { ScenarioChoice } from './scenario-choice.js';
import { useUrlWords } from '../../parts/url-words.js';
import { shownNumber } from '../../parts/numbers.js';
import { BatchPlan } from './batch-plan.js';

/** Selects the scenarios of a batch, previews its plan, and starts it. */
export function StartBatchCard(): JSX.Element {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { words, change } = useUrlWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['scenarios', 'all'],
    queryFn: ({ signal }) => allPages<ScenarioSummary>('/scenarios', { signal }),
  });
  const request: StartBatch = {
    tags: words.getAll('tag'),
    scenarios: words.getAll('scenario'),
    force: words.has('force'),
  };
  const preview = useMutation({ mutationFn: (body: StartBatch) => post({ ...body, dry_run: true }) });
  const start = useMutation({
    mutationFn: post,
    onSuccess: async ({ batch_id }) => {
      await client.invalidateQueries({ queryKey: BATCHES_KEY });
      void client.invalidateQueries({ queryKey: STATE_KEY });
      await navigate(`/history/batches/${encodeURIComponent(batch_id)}`);
    },
  });
  const isAsking = preview.isPending || start.isPending;
  const isOfThis = JSON.stringify(preview.variables) === JSON.stringify(request);
  return (
    <Card title="New batch">
      <div className="stack">
        <ErrorNotice error={error} onRetry={() => void refetch()} />
        {data === undefined && error === null && <Loading what="scenarios" lines={10} />}
        {data?.length === 0 && (
          <EmptyState title="No scenarios">
            The service was started without manifests; start it with <code>--manifests</code>.
          </EmptyState>
        )}
        {data !== undefined && data.length > 0 && (
          <>
            <ScenarioChoice scenarios={data} request={request} onChange={change} />
            <div className="row">
              <button
                type="button"
                disabled={isAsking}
                onClick={() => {
                  preview.mutate(request);
                }}
              >
                Preview plan
              </button>
              <button
                type="button"
                className="primary"
                disabled={isAsking}
                onClick={() => {
                  start.mutate(request);
                }}
              >
                Start batch
              </button>
            </div>
          </>
        )}
        <ErrorNotice error={start.error} onDismiss={start.reset} />
        {isOfThis && <ErrorNotice error={preview.error} onDismiss={preview.reset} />}
        {isOfThis && preview.data !== undefined && <PlanPreview plan={preview.data} />}
      </div>
    </Card>
  );
}

async function post(body: StartBatch): Promise<BatchDetail> {
  return (await ask<BatchDetail>('/batches', { method: 'POST', body })).value;
}

/** The plan of a batch; no run has been started. */
function PlanPreview({ plan }: { readonly plan: BatchDetail }): JSX.Element {
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
