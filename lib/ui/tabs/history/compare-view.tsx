import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Comparison } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { ComparisonFacts } from './comparison-facts.js';
import { partingOf, SeriesOverlay } from './series-overlay.js';
import { RunPicker } from './run-picker.js';
import { useUrlWords } from '../../parts/url-words.js';

/** A comparison of two runs: the first difference, and their series in one chart. */
export function CompareView(): JSX.Element {
  const { words, change } = useUrlWords();
  const a = words.get('a') ?? '';
  const b = words.get('b') ?? '';
  const isAsked = a !== '' && b !== '';
  const { data, error, refetch } = useQuery({
    queryKey: ['compare', a, b],
    queryFn: async ({ signal }) => (await ask<Comparison>('/compare', { query: { a, b }, signal })).value,
    enabled: isAsked,
    // Ended runs do not change.
    staleTime: Infinity,
  });
  return (
    <div className="stack">
      <Card
        title="Compare two runs"
        actions={
          <button
            type="button"
            disabled={!isAsked}
            onClick={() => {
              change({ a: b, b: a });
            }}
          >
            Swap
          </button>
        }
      >
        <div className="columns">
          <RunPicker
            label="Run A"
            value={a}
            onPick={(id) => {
              change({ a: id });
            }}
          />
          <RunPicker
            label="Run B"
            value={b}
            onPick={(id) => {
              change({ b: id });
            }}
          />
        </div>
        {!isAsked && (
          <EmptyState title="Choose two runs">
            Choose them here, or tick two in the list of runs and press “Compare”.
          </EmptyState>
        )}
      </Card>
      {isAsked && (
        <>
          <ErrorNotice error={error} onRetry={() => void refetch()} />
          <Card title="Result">
            {data === undefined && error === null && <Loading what="the comparison" lines={6} />}
            {data === undefined && error !== null && <p className="muted">The runs could not be compared.</p>}
            {data !== undefined && <ComparisonFacts comparison={data} />}
          </Card>
          <SeriesOverlay
            a={a}
            b={b}
            parting={data === undefined ? (error === null ? 'comparing' : 'unknown') : partingOf(data)}
            metric={words.get('metric') ?? 'sum_abs_flux'}
            onMetric={(metric) => {
              change({ metric });
            }}
          />
        </>
      )}
    </div>
  );
}
