import { useQuery } from '@tanstack/react-query';
import { useId, type JSX } from 'react';
import type { BatchSummaryEntry } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { shownInstant, shownNumber } from '../../parts/numbers.js';
import { SelectField, wordOptions, type SelectOption } from '../../parts/select-field.js';
import type { UrlChanges } from '../../parts/url-words.js';
import { tablePage } from './table-pages.js';

/** Maximum of offered scenarios and batches; the address accepts any other. */
const OFFERED_SCENARIOS = 1000;
const OFFERED_BATCHES = 50;

const STATES = ['completed', 'faulted', 'failed', 'cancelled', 'timed_out'] as const;

/** The fields that select runs. */
export function SweepFilters({
  words,
  where,
  isRefused,
  onWhere,
  onChange,
}: {
  readonly words: URLSearchParams;
  readonly where: string;
  /** True if the service refused the filters. */
  readonly isRefused: boolean;
  readonly onWhere: (text: string) => void;
  readonly onChange: (changes: UrlChanges) => void;
}): JSX.Element {
  const id = useId();
  const scenarios = useScenarios();
  const batches = useBatches();
  return (
    <form
      className="sweeps-filters"
      role="search"
      aria-label="Select runs"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <SelectField
        label="Scenario"
        any="every scenario"
        value={words.get('scenario') ?? ''}
        options={scenarios}
        onChange={(scenario) => {
          onChange({ scenario });
        }}
      />
      <SelectField
        label="Answers"
        any="the latest run of every name"
        value={words.has('all') ? '*' : (words.get('batch') ?? '')}
        options={[{ value: '*', text: 'every execution' }, ...batches]}
        onChange={(value) => {
          onChange(value === '*' ? { all: '1', batch: '' } : { all: '', batch: value });
        }}
      />
      <SelectField
        label="State"
        any="any"
        value={words.get('state') ?? ''}
        options={wordOptions(STATES)}
        onChange={(state) => {
          onChange({ state });
        }}
      />
      <div className="field sweeps-where">
        <label htmlFor={`${id}-where`}>Conditions</label>
        <input
          id={`${id}-where`}
          type="search"
          spellCheck={false}
          autoComplete="off"
          placeholder="ticks>=32; profile=cmp-1"
          aria-invalid={isRefused && where !== ''}
          aria-describedby={`${id}-hint`}
          value={where}
          onChange={({ target }) => {
            onWhere(target.value);
          }}
        />
        <span id={`${id}-hint`} className="field-hint">
          Column, one of = != &lt; &lt;= &gt; &gt;=, value; a semicolon between several
        </span>
      </div>
    </form>
  );
}

/** Scenarios with runs, and the numbers of their runs. */
function useScenarios(): readonly SelectOption[] {
  const { data } = useQuery({
    queryKey: ['table', 'scenarios'],
    queryFn: ({ signal }) => tablePage({ group_by: 'scenario', limit: OFFERED_SCENARIOS }, signal),
  });
  return (data?.rows ?? []).map(([scenario, count]) => ({
    value: String(scenario),
    text: `${String(scenario)} (${shownNumber(Number(count))})`,
  }));
}

function useBatches(): readonly SelectOption[] {
  const { data } = useQuery({
    queryKey: ['batches', 'list', OFFERED_BATCHES],
    queryFn: ({ signal }) =>
      ask<readonly BatchSummaryEntry[]>('/batches', { query: { limit: OFFERED_BATCHES }, signal }),
  });
  return (data?.value ?? []).map(({ batch_id, started_at }) => ({
    value: batch_id,
    text: `batch of ${shownInstant(started_at)}`,
  }));
}
