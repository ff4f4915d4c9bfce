import { useId, type JSX } from 'react';
import { LEVELS } from './log-filter.js';
import type { ChangeQuery, LogQuery } from './log-query.js';

/** Event types of a run log, so that one can be selected before the first entry arrives. */
const RUN_EVENTS = ['fault', 'run_end', 'run_start', 'tick_complete', 'tick_loop_start', 'window_closed'];

/** Which entries are shown. */
export function LogFilters({
  query,
  types,
  onChange,
}: {
  readonly query: LogQuery;
  /** Event types of the received entries. */
  readonly types: readonly string[];
  readonly onChange: ChangeQuery;
}): JSX.Element {
  const id = useId();
  const known = query.scope === 'run' ? RUN_EVENTS : [];
  const chosen = query.event_type === '' ? [] : [query.event_type];
  const events = [...new Set([...known, ...types, ...chosen])].sort();
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-level`}>Lowest level</label>
        <select
          id={`${id}-level`}
          value={query.level}
          onChange={({ target }) => onChange({ level: LEVELS.find((level) => level === target.value) ?? '' })}
        >
          <option value="">all</option>
          {LEVELS.slice(1).map((level) => (
            <option key={level}>{level}</option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-event`}>Event</label>
        <select
          id={`${id}-event`}
          value={query.event_type}
          onChange={({ target }) => onChange({ event_type: target.value })}
        >
          <option value="">all</option>
          {events.map((event) => (
            <option key={event}>{event}</option>
          ))}
        </select>
      </div>
      <div className="field log-text">
        <label htmlFor={`${id}-text`}>Text</label>
        <input
          id={`${id}-text`}
          type="search"
          value={query.text}
          placeholder="in message, event or payload"
          onChange={({ target }) => onChange({ text: target.value })}
        />
      </div>
    </>
  );
}
