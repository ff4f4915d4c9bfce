import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useParams } from 'react-router';
import type { GoldenStatus } from '../../../service/wire/index.js';
import { ApiError } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { allPages } from '../../api/all-pages.js';
import { GoldenDetails } from './golden-details.js';
import { GOLDENS_KEY, GOLDENS_REFRESH_MS } from './golden-keys.js';
import { GoldenStates } from './golden-states.js';
import { GoldenTable } from './golden-table.js';
import { searchOf, useUrlWords } from '../../parts/url-words.js';

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
