import { useQuery } from '@tanstack/react-query';
import { useId, type JSX } from 'react';
import type { HistoryEntry, RunStatus } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { shownInstant } from '../../parts/numbers.js';
import type { ChangeQuery, LogQuery } from './log-query.js';

const RECENT = 50;

/** Selects the log of a run, or that of the service. */
export function LogChoice({
  query,
  current,
  onChange,
}: {
  readonly query: LogQuery;
  /** The run started last. */
  readonly current: RunStatus | null;
  readonly onChange: ChangeQuery;
}): JSX.Element {
  const scope = (value: LogQuery['scope'], label: string): JSX.Element => (
    <label className="row">
      <input
        type="radio"
        name="log-scope"
        checked={query.scope === value}
        onChange={() => onChange({ scope: value, entry: 0 })}
      />
      {label}
    </label>
  );
  return (
    <>
      <div className="field" role="radiogroup" aria-label="Log of">
        <span className="field-label">Log of</span>
        <div className="row log-scopes">
          {scope('run', 'a run')}
          {scope('system', 'the service')}
        </div>
      </div>
      <RunSelect query={query} current={current} onChange={onChange} />
    </>
  );
}

function RunSelect({
  query,
  current,
  onChange,
}: {
  readonly query: LogQuery;
  readonly current: RunStatus | null;
  readonly onChange: ChangeQuery;
}): JSX.Element {
  const id = useId();
  const { data: past = [] } = useQuery({
    queryKey: ['logs', 'recent runs', current?.state, current?.run_id],
    queryFn: async ({ signal }) =>
      (await ask<readonly HistoryEntry[]>('/history', { query: { limit: RECENT }, signal })).value,
    placeholderData: (previous) => previous,
  });
  const isListed = query.run === '' || past.some(({ run_id }) => run_id === query.run);
  return (
    <div className="field">
      <label htmlFor={id}>Run</label>
      <select
        id={id}
        className="log-run"
        value={query.run}
        disabled={query.scope === 'system'}
        onChange={({ target }) => onChange({ run: target.value, entry: 0 })}
      >
        <option value="">
          {current === null ? 'current run (none yet)' : `current run: ${current.name}`}
        </option>
        {!isListed && <option value={query.run}>{query.run}</option>}
        {past.map(({ run_id, name, started_at }) => (
          <option key={run_id} value={run_id}>
            {name} · {shownInstant(started_at)}
          </option>
        ))}
      </select>
    </div>
  );
}
