import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useParams, Link } from 'react-router';
import type { GoldenStatus } from '../../../service/wire/index.js';
import { ApiError } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { allPages } from '../../api/all-pages.js';
import { GoldenDetails } from './golden-details.js';
import { GOLDENS_KEY, GOLDENS_REFRESH_MS } from './query-keys.js';
import { searchOf, useUrlWords } from '../../parts/url-words.js';
import { shownNumber, shownInstant } from '../../parts/numbers.js';
import { WordPill } from '../../parts/word-pill.js';

/** Accepted results, the state of the latest runs, and the form to accept a new one. */
export function GoldensView(): JSX.Element {
  const { name } = useParams();
  const { words, change } = useUrlWords();
  const { data, error, refetch } = useQuery({
    queryKey: [...GOLDENS_KEY, 'list'],
    queryFn: ({ signal }) => allPages<GoldenStatus>('/goldens', { signal }),
    refetchInterval: GOLDENS_REFRESH_MS,
  });
  const state = words.get('state') ?? '';
  const isWithout = error instanceof ApiError && error.code === 'not-available';
  const shown = data?.filter((golden) => state === '' || golden.state === state) ?? [];
  const opened = data?.find((golden) => golden.name === name);
  return (
    <div className={name === undefined ? 'history-pair' : 'history-pair history-pair-open'}>
      <Card title="Goldens">
        {isWithout ? (
          <EmptyState title="No goldens here">
            This service was started without a directory of goldens; start it with <code>--golden</code>.
          </EmptyState>
        ) : (
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        )}
        {data === undefined && error === null && <Loading what="goldens" lines={10} />}
        {data?.length === 0 && (
          <EmptyState title="No goldens yet">
            Give a scenario <code>golden: true</code> in its manifest, run it, and accept the result here.
          </EmptyState>
        )}
        {data !== undefined && data.length > 0 && (
          <div className="stack">
            <GoldenStates
              goldens={data}
              state={state}
              onState={(word) => {
                change({ state: word });
              }}
            />
            <GoldenTable goldens={shown} search={searchOf(words)} selected={name} />
          </div>
        )}
      </Card>
      {name !== undefined && !isWithout && (
        <GoldenDetails key={name} name={name} golden={opened} search={searchOf(words)} />
      )}
    </div>
  );
}

/** Number of goldens in each state; pressing one filters the list. */
function GoldenStates({
  goldens,
  state,
  onState,
}: {
  readonly goldens: readonly GoldenStatus[];
  readonly state: string;
  readonly onState: (state: string) => void;
}): JSX.Element {
  const states = [...new Set([...goldens.map((golden) => golden.state as string), state])]
    .filter((word) => word !== '')
    .sort();
  const count = (word: string): number =>
    goldens.filter((golden) => word === '' || golden.state === word).length;
  return (
    <div className="row" role="group" aria-label="Filter by state">
      {['', ...states].map((word) => (
        <button
          key={word}
          type="button"
          aria-pressed={state === word}
          onClick={() => {
            onState(word);
          }}
        >
          {word === '' ? 'all' : word} {shownNumber(count(word))}
        </button>
      ))}
    </div>
  );
}

/** Goldens by name. */
function GoldenTable({
  goldens,
  search,
  selected,
}: {
  readonly goldens: readonly GoldenStatus[];
  readonly search: string;
  readonly selected: string | undefined;
}): JSX.Element {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="List of goldens">
      <table aria-label="Goldens">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">State</th>
            <th scope="col">Accepted</th>
            <th scope="col">By</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {goldens.map(({ name, state, accepted_at, accepted_by, reason }) => (
            <tr key={name} className={name === selected ? 'history-row history-row-open' : 'history-row'}>
              <td className="history-whole">
                <Link
                  className="history-row-link"
                  to={`/history/goldens/${encodeURIComponent(name)}${search}`}
                  aria-current={name === selected ? 'true' : undefined}
                >
                  {name}
                </Link>
              </td>
              <td>
                <WordPill word={state} />
              </td>
              <td className="history-whole">{shownInstant(accepted_at)}</td>
              <td className="history-whole">{accepted_by ?? '–'}</td>
              <td className="history-reason">{reason ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {goldens.length === 0 && <p className="muted">No golden is in this state.</p>}
    </div>
  );
}
