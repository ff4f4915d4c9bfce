import { useId, type JSX } from 'react';
import { Link } from 'react-router';
import { shownInstant } from '../../parts/numbers.js';
import { runWord } from '../../parts/run-pill.js';
import { useHistoryFeed } from './history-feed.js';

/** Older runs are picked in the list, where they can be searched. */
const NEWEST = 200;

/** One of the newest runs, or whichever the address names. */
export function RunPicker({
  label,
  value,
  onPick,
}: {
  readonly label: string;
  readonly value: string;
  readonly onPick: (id: string) => void;
}): JSX.Element {
  const id = useId();
  const { data, error } = useHistoryFeed();
  const newest = data?.entries.slice(0, NEWEST) ?? [];
  const isListed = value === '' || newest.some(({ run_id }) => run_id === value);
  const named = isListed ? undefined : data?.entries.find(({ run_id }) => run_id === value);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => {
          onPick(target.value);
        }}
      >
        <option value="">
          {data !== undefined
            ? 'Choose a run'
            : error === null
              ? 'Loading runs…'
              : 'The runs could not be read'}
        </option>
        {!isListed && (
          <option value={value}>{named === undefined ? value : `${named.name} · ${value}`}</option>
        )}
        {newest.map(({ run_id, name, started_at, result, expected }) => (
          <option key={run_id} value={run_id}>
            {`${name} · ${shownInstant(started_at)} · ${runWord({ state: result, expected })} · ${run_id}`}
          </option>
        ))}
      </select>
      <span className="field-hint">
        {value === '' ? '\u00a0' : <Link to={`/history/run/${encodeURIComponent(value)}`}>{value}</Link>}
      </span>
    </div>
  );
}
