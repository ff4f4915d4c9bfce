import { useCallback, useDeferredValue, useMemo, type JSX } from 'react';
import { Link, useParams } from 'react-router';
import type { HistoryEntry, BatchDetail } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { useHistoryFeed } from './history-feed.js';
import { PickActions } from '../../parts/pick-actions.js';
import { RunCount } from './run-count.js';
import { RunDetails } from './run-details.js';
import { FILTER_WORDS, filterOf, scenariosOf, filteredRuns } from './run-filter.js';
import { RunFilters } from './run-filters.js';
import { orderOf, orderWord, sortedRuns } from './run-order.js';
import { RunTable } from './run-table.js';
import { toggled } from '../../parts/toggled.js';
import { useTypedWord } from '../../parts/typed-word.js';
import { searchOf, useUrlWords } from '../../parts/url-words.js';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.js';
import { batchKey } from './query-keys.js';

const NONE: readonly HistoryEntry[] = [];

/** Past runs: filtered, sorted, one opened beside the list, two picked for comparing. */
export function RunsView(): JSX.Element {
  const { id } = useParams();
  const { words, change } = useUrlWords();
  const { data, error, refetch } = useHistoryFeed();
  const entries = data?.entries ?? NONE;
  const keepText = useCallback((text: string) => change({ text }), [change]);
  const [text, setText] = useTypedWord(words.get('text') ?? '', keepText);
  const search = searchOf(words);
  const { shown, error: batchError, isUnknown } = useShownRuns(entries, search, useDeferredValue(text));
  const scenarios = useMemo(() => scenariosOf(entries), [entries]);
  const picked = words.getAll('pick');
  const pick = useCallback(
    (run: string) => {
      change((now) => ({ pick: toggled(now.getAll('pick'), run) }));
    },
    [change],
  );
  const clear = (): void => {
    setText('');
    change(Object.fromEntries(FILTER_WORDS.map((word) => [word, ''])));
  };
  return (
    <div className={id === undefined ? 'history-pair' : 'history-pair history-pair-open'}>
      <Card
        title="Runs"
        actions={
          <PickActions
            picked={picked}
            onClear={() => {
              change({ pick: '' });
            }}
          />
        }
      >
        <RunFilters
          filter={{ ...filterOf(words), text }}
          scenarios={scenarios}
          onText={setText}
          onChange={change}
        />
        <RunCount
          shown={shown.length}
          loaded={data?.entries.length}
          isFailed={error !== null}
          isUnknown={isUnknown}
          isWhole={data?.isWhole === true}
          batch={words.get('batch')}
          onClear={FILTER_WORDS.some((word) => words.has(word)) || text !== '' ? clear : undefined}
        />
        <ErrorNotice error={error} onRetry={() => void refetch()} />
        <ErrorNotice error={batchError} />
        {data === undefined && error === null && (
          <div className="history-list-room">
            <Loading what="runs" lines={12} />
          </div>
        )}
        {data?.isWhole === true && entries.length === 0 && <NoRuns />}
        {entries.length > 0 && (
          <RunTable
            entries={shown}
            order={orderOf(words)}
            search={search}
            selected={id}
            picked={picked}
            onOrder={(order) => {
              change({ sort: orderWord(order) });
            }}
            onPick={pick}
          />
        )}
      </Card>
      {id !== undefined && <RunDetails key={id} id={id} search={search} />}
    </div>
  );
}

function NoRuns(): JSX.Element {
  return (
    <EmptyState title="No runs yet">
      Start one on the <Link to="/dashboard">Dashboard</Link>, or several as a{' '}
      <Link to="/history/batches">batch</Link>. Runs of the command line into the same store appear here too.
    </EmptyState>
  );
}

/**
 * The entries that pass the filter, in the order of the address.
 *
 * @param text the typed text; the address follows with a delay
 */
function useShownRuns(
  entries: readonly HistoryEntry[],
  search: string,
  text: string,
): { readonly shown: readonly HistoryEntry[]; readonly error: unknown; readonly isUnknown: boolean } {
  const batch = new URLSearchParams(search).get('batch');
  const { data, error } = useQuery({
    queryKey: batchKey(batch ?? ''),
    queryFn: async ({ signal }) =>
      (await ask<BatchDetail>(`/batches/${encodeURIComponent(batch!)}`, { signal })).value,
    enabled: batch !== null,
  });
  const shown = useMemo(() => {
    const words = new URLSearchParams(search);
    const among = batch === null ? undefined : new Set(data?.runs.flatMap(({ run_id }) => run_id ?? []));
    return sortedRuns(filteredRuns(entries, { ...filterOf(words), text }, among), orderOf(words));
  }, [entries, search, text, batch, data]);
  return { shown, error, isUnknown: batch !== null && data === undefined };
}
