import { useQueries, useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { Link } from 'react-router';
import type {
  BatchSummaryEntry,
  ScenarioSummary,
  WireTrend,
  WireTrendEntry,
} from '../../../service/wire/index.js';
import { allPages } from '../../api/all-pages.js';
import { ApiError, ask } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { shownInstant } from '../../parts/numbers.js';
import { BATCHES_KEY } from './batch-keys.js';

/** Columns of the grid, the latest batches. */
const NIGHTS = 20;
/** Rows; each is a request. */
const SCENARIOS = 60;

/** Scenarios by batches: where results are the same, changed, failed or absent. */
export function TrendsView(): JSX.Element {
  const batches = useQuery({
    queryKey: [...BATCHES_KEY, 'trends'],
    queryFn: async ({ signal }) =>
      (await ask<readonly BatchSummaryEntry[]>('/batches', { query: { limit: NIGHTS }, signal })).value,
  });
  const scenarios = useQuery({
    queryKey: ['scenarios', 'trends'],
    queryFn: ({ signal }) => allPages<ScenarioSummary>('/scenarios', { signal }),
  });
  const shown = (scenarios.data ?? []).slice(0, SCENARIOS);
  const error = batches.error ?? scenarios.error;
  const isEmpty = batches.data?.length === 0;
  return (
    <Card title="Trends">
      <ErrorNotice error={error} onRetry={() => void Promise.all([batches.refetch(), scenarios.refetch()])} />
      {error === null && (batches.data === undefined || scenarios.data === undefined) && (
        <Loading what="trends" lines={8} />
      )}
      {isEmpty && (
        <EmptyState title="No batches yet">Start one, or run aether batch into the same store.</EmptyState>
      )}
      {batches.data !== undefined && !isEmpty && shown.length > 0 && (
        <Grid scenarios={shown} batches={batches.data.filter(({ state }) => state !== 'running')} />
      )}
    </Card>
  );
}

interface GridProps {
  readonly scenarios: readonly ScenarioSummary[];
  readonly batches: readonly BatchSummaryEntry[];
}

function Grid({ scenarios, batches }: GridProps): JSX.Element {
  const trends = useQueries({
    queries: scenarios.map(({ id }) => ({
      queryKey: [...BATCHES_KEY, 'trend', id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => trendOf(id, signal),
    })),
  });
  const columns = [...batches].reverse();
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Scenarios by batches">
      <table className="history-trends">
        <thead>
          <tr>
            <th>Scenario</th>
            {columns.map(({ batch_id, started_at }) => (
              <th key={batch_id}>
                <Link to={`/history/batches/${encodeURIComponent(batch_id)}`} title={`Batch ${batch_id}`}>
                  {shownInstant(started_at).slice(5, 10)}
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scenarios.map(({ id }, n) => (
            <tr key={id}>
              <th scope="row">{id}</th>
              {columns.map(({ batch_id }) => (
                <td key={batch_id}>
                  <Square scenario={id} entry={trends[n]?.data?.get(batch_id)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Entries by batch; none for a scenario that no batch has had. */
async function trendOf(id: string, signal: AbortSignal): Promise<ReadonlyMap<string, WireTrendEntry>> {
  const path = `/history/${encodeURIComponent(id)}/trend`;
  try {
    const { value } = await ask<WireTrend>(path, { query: { limit: NIGHTS * 3 }, signal });
    return new Map(value.entries.map((entry) => [entry.batch, entry]));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return new Map();
    throw error;
  }
}

/** A word and a sign for each square, so that colour alone tells nothing. */
const SIGNS = {
  same: ['=', 'ok'],
  changed: ['≠', 'differs'],
  failed: ['✕', 'failed'],
  first: ['+', 'info'],
  none: ['–', 'missing'],
} as const;

function Square({
  scenario,
  entry,
}: {
  readonly scenario: string;
  readonly entry: WireTrendEntry | undefined;
}): JSX.Element | null {
  if (entry === undefined) return <span aria-label={`${scenario}: absent`}>·</span>;
  const word = entry.bad > 0 ? 'failed' : entry.result;
  const [sign, state] = SIGNS[word];
  return (
    <Link
      className="pill"
      data-state={state}
      to={`/history/batches/${encodeURIComponent(entry.batch)}?changes`}
      aria-label={`${scenario}: ${word}`}
      title={`${scenario}: ${word}`}
    >
      {sign}
    </Link>
  );
}
