import { useCallback, useState, type JSX } from 'react';
import { Link } from 'react-router';
import type { WireTablePage } from '../../../service/wire/index.js';
import { ApiError, apiUrl, type Query } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { shownNumber } from '../../parts/numbers.js';
import { PickActions } from '../../parts/pick-actions.js';
import { toggled } from '../../parts/toggled.js';
import { useTypedWord } from '../../parts/typed-word.js';
import { useUrlWords } from '../../parts/url-words.js';
import { ColumnChooser } from './column-chooser.js';
import { SweepChart } from './sweep-chart.js';
import { SweepFilters } from './sweep-filters.js';
import { ID, nextOrder, orderOf, SELECTION_WORDS, selectionQuery, tableQuery } from './sweep-question.js';
import { SweepTable } from './sweep-table.js';
import { useTable } from './table-pages.js';

/** Runs as a table with the varying columns, and a chart above it. The address stores the whole selection. */
export function SweepsView(): JSX.Element {
  const { words, change } = useUrlWords();
  const keepWhere = useCallback((where: string) => change({ where }), [change]);
  const [where, setWhere] = useTypedWord(words.get('where') ?? '', keepWhere);
  const query = tableQuery(words);
  const { data, error, refetch, isPlaceholderData } = useTable(query);
  // After a refusal nothing is known; earlier data must not look like its answer.
  const table = error === null ? data : undefined;
  const picked = words.getAll('pick');
  const [isChoosing, setChoosing] = useState(false);
  const isNarrowed = SELECTION_WORDS.some((word) => words.has(word)) || where !== '';
  const clear = (): void => {
    setWhere('');
    change(Object.fromEntries(SELECTION_WORDS.map((word) => [word, ''])));
  };
  return (
    <div className="stack">
      <Card
        title="Table of runs"
        actions={
          <PickActions
            picked={picked}
            onClear={() => {
              change({ pick: '' });
            }}
          />
        }
      >
        <SweepFilters
          words={words}
          where={where}
          isRefused={error instanceof ApiError && error.code.startsWith('invalid-')}
          onWhere={setWhere}
          onChange={change}
        />
        <div className="sweeps-count">
          <span role="status">
            {countText(table, { isFailed: error !== null, isOld: isPlaceholderData })}
          </span>
          {isNarrowed && (
            <button type="button" onClick={clear}>
              Clear filters
            </button>
          )}
          <span className="sweeps-space" />
          <button
            type="button"
            aria-expanded={isChoosing}
            onClick={() => {
              setChoosing(!isChoosing);
            }}
          >
            Columns
          </button>
          {table !== undefined && <Downloads query={{ ...query, columns: words.getAll('column') }} />}
        </div>
        {isChoosing && table !== undefined && (
          <ColumnChooser
            table={table}
            chosen={words.getAll('column')}
            onChoose={(column) => {
              change({ column });
            }}
          />
        )}
        <ErrorNotice error={error} onRetry={() => void refetch()} />
        {data === undefined && error === null && <Loading what="the table" lines={12} />}
        {table?.total === 0 && <NoRows isNarrowed={isNarrowed} />}
        {table !== undefined && table.total > 0 && (
          <SweepTable
            table={table}
            isOld={isPlaceholderData}
            query={query}
            isUsual={!words.has('column')}
            isIdShown={words.getAll('column').includes(ID)}
            order={orderOf(words)}
            picked={picked}
            onOrder={(column) => {
              change((now) => ({ sort: nextOrder(orderOf(now), column) }));
            }}
            onPick={(id) => {
              change((now) => ({ pick: toggled(now.getAll('pick'), id) }));
            }}
          />
        )}
      </Card>
      {table !== undefined && table.total > 0 && (
        <SweepChart selection={selectionQuery(words)} words={words} onChange={change} />
      )}
    </div>
  );
}

function Downloads({ query }: { readonly query: Query }): JSX.Element {
  return (
    <>
      {(['csv', 'parquet'] as const).map((format) => (
        <a key={format} className="button" download href={apiUrl('/table', { ...query, format })}>
          Download {format === 'csv' ? 'CSV' : 'Parquet'}
        </a>
      ))}
    </>
  );
}

function countText(
  table: WireTablePage | undefined,
  { isFailed, isOld }: { readonly isFailed: boolean; readonly isOld: boolean },
): string {
  if (isFailed) return 'The table could not be computed';
  if (table === undefined || isOld) return 'Loading the table';
  const axes = table.columns.filter(({ is_axis }) => is_axis).map(({ name }) => name);
  const varies = axes.length === 0 ? '' : `; ${axes.join(', ')} ${axes.length === 1 ? 'varies' : 'vary'}`;
  return `${shownNumber(table.total)} ${table.total === 1 ? 'run' : 'runs'}${varies}`;
}

function NoRows({ isNarrowed }: { readonly isNarrowed: boolean }): JSX.Element {
  return isNarrowed ? (
    <EmptyState title="No run is selected">No run matches the filters; clear one of them.</EmptyState>
  ) : (
    <EmptyState title="No runs yet">
      Start a sweep as a <Link to="/history/batches">batch</Link>, or run <code>aether-batch</code> into the
      same store.
    </EmptyState>
  );
}
