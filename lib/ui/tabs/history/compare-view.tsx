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
import { useUrlWords } from '../../parts/url-words.js';
import { Link } from 'react-router';
import { shownInstant } from '../../parts/numbers.js';
import { runWord } from '../../parts/run-pill.js';
import { SelectField } from '../../parts/select-field.js';
import { useHistoryFeed } from './history-feed.js';

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

/** Older runs are picked in the list, which can be searched. */
const NEWEST = 200;

/** Picks one of the newest runs, or the run in the address. */
function RunPicker({
  label,
  value,
  onPick,
}: {
  readonly label: string;
  readonly value: string;
  readonly onPick: (id: string) => void;
}): JSX.Element {
  const { data, error } = useHistoryFeed();
  const newest = data?.entries.slice(0, NEWEST) ?? [];
  const named = data?.entries.find(({ run_id }) => run_id === value);
  const none =
    data !== undefined ? 'Choose a run' : error === null ? 'Loading runs…' : 'The runs could not be read';
  return (
    <SelectField
      label={label}
      any={none}
      value={value}
      unlisted={named === undefined ? value : `${named.name} · ${value}`}
      options={newest.map(({ run_id, name, started_at, result, expected }) => ({
        value: run_id,
        text: `${name} · ${shownInstant(started_at)} · ${runWord({ state: result, expected })} · ${run_id}`,
      }))}
      onChange={onPick}
    >
      <span className="field-hint">
        {value === '' ? '\u00a0' : <Link to={`/history/run/${encodeURIComponent(value)}`}>{value}</Link>}
      </span>
    </SelectField>
  );
}
