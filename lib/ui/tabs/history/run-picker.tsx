import type { JSX } from 'react';
import { Link } from 'react-router';
import { shownInstant } from '../../parts/numbers.js';
import { runWord } from '../../parts/run-pill.js';
import { SelectField } from '../../parts/select-field.js';
import { useHistoryFeed } from './history-feed.js';

/** Older runs are picked in the list, which can be searched. */
const NEWEST = 200;

/** Picks one of the newest runs, or the run in the address. */
export function RunPicker({
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
