import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useId, type JSX } from 'react';
import { Link } from 'react-router';
import type { WireTrends } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { shownNumber } from '../../parts/numbers.js';
import { SelectField, wordOptions } from '../../parts/select-field.js';
import { useTypedWord } from '../../parts/typed-word.js';
import { useUrlWords, type UrlChanges } from '../../parts/url-words.js';
import { TrendGrid } from './trend-grid.js';
import { TrendLegend } from './trend-square.js';

const BATCHES = ['10', '20', '30', '60', '100'] as const;
const USUAL_BATCHES = '20';
const ROWS = [
  { value: 'scenario', text: 'scenarios' },
  { value: 'run', text: 'run names' },
];
/** Number of rows per request, and its maximum. */
const STEP = 100;
const MOST = 1000;

/** Scenarios or runs over the latest batches: unchanged, changed, failed. */
export function TrendsView(): JSX.Element {
  const { words, change } = useUrlWords();
  const keepName = useCallback((name: string) => change({ name }), [change]);
  const [name, setName] = useTypedWord(words.get('name') ?? '', keepName);
  const limit = Math.min(MOST, Math.max(STEP, Number(words.get('rows')) || STEP));
  const query = {
    by: words.get('by') === 'run' ? 'run' : 'scenario',
    name: words.get('name') ?? undefined,
    manifest: words.get('manifest') ?? undefined,
    batches: BATCHES.find((count) => count === words.get('batches')) ?? USUAL_BATCHES,
    limit,
  };
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['batches', 'trends', query],
    queryFn: async ({ signal }) => (await ask<WireTrends>('/trends', { query, signal })).value,
    placeholderData: keepPreviousData,
  });
  const trends = error === null ? data : undefined;
  const isNarrowed = words.has('name') || words.has('manifest');
  return (
    <Card title="Trends">
      <Filters words={words} query={query} name={name} trends={trends} onName={setName} onChange={change} />
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {data === undefined && error === null && <Loading what="the trends" lines={10} />}
      {trends?.rows.length === 0 && <Nothing isNarrowed={isNarrowed} />}
      {trends !== undefined && trends.rows.length > 0 && (
        <>
          <TrendLegend />
          <TrendGrid trends={trends} isOld={isPlaceholderData} />
          <div className="trends-more">
            <span role="status">{isPlaceholderData ? 'Loading the trends' : countText(trends)}</span>
            {trends.rows.length < trends.total && limit < MOST && (
              <button
                type="button"
                onClick={() => {
                  change({ rows: String(limit + STEP) });
                }}
              >
                Show more
              </button>
            )}
          </div>
        </>
      )}
    </Card>
  );
}

function countText({ batches, more, rows, total }: WireTrends): string {
  const names =
    rows.length === total ? shownNumber(total) : `the first ${rows.length} of ${shownNumber(total)}`;
  const earlier = more ? '; there are earlier ones' : '';
  return `${names} ${total === 1 ? 'row' : 'rows'}, the latest ${batches.length} batches${earlier}`;
}

function Nothing({ isNarrowed }: { readonly isNarrowed: boolean }): JSX.Element {
  return isNarrowed ? (
    <EmptyState title="No name matches the filter">No batch has a matching name.</EmptyState>
  ) : (
    <EmptyState title="No batches yet">
      Start one under <Link to="/history/batches">Batches</Link>, or run <code>aether-batch</code> into the
      same store; every batch becomes a column here.
    </EmptyState>
  );
}

function Filters({
  words,
  query,
  name,
  trends,
  onName,
  onChange,
}: {
  readonly words: URLSearchParams;
  readonly query: { readonly by: string; readonly batches: string };
  readonly name: string;
  readonly trends: WireTrends | undefined;
  readonly onName: (name: string) => void;
  readonly onChange: (changes: UrlChanges) => void;
}): JSX.Element {
  const id = useId();
  const manifest = words.get('manifest') ?? '';
  const known = new Set(trends?.batches.flatMap(({ manifests }) => manifests));
  return (
    <form
      className="trends-filters"
      role="search"
      aria-label="Choose trends"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <SelectField label="Rows" value={query.by} options={ROWS} onChange={(by) => onChange({ by })} />
      <div className="field">
        <label htmlFor={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          type="search"
          value={name}
          onChange={({ target }) => {
            onName(target.value);
          }}
        />
      </div>
      <SelectField
        label="Manifest"
        any="any"
        value={manifest}
        options={wordOptions([...known].sort())}
        onChange={(chosen) => onChange({ manifest: chosen })}
      />
      <SelectField
        label="Batches"
        value={query.batches}
        options={BATCHES.map((count) => ({ value: count, text: `the latest ${count}` }))}
        onChange={(batches) => onChange({ batches })}
      />
    </form>
  );
}
