import type { JSX } from 'react';
import type { AppliedEvent } from '../../../service/wire/index.js';

/** Structural events applied before the step of a tick. */
export function EventList({ events }: { readonly events: readonly AppliedEvent[] }): JSX.Element {
  return (
    <ul className="pillars-events" aria-label="Structural events of this tick">
      {events.map(({ event_id, op_type, payload }) => (
        <li key={event_id}>
          <strong>{event_id}</strong> {op_type} <code>{JSON.stringify(payload)}</code>
        </li>
      ))}
    </ul>
  );
}
