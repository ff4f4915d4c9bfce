import type { JSX } from 'react';
import type { WireLogEntry } from '../../../service/wire/index.js';
import { shownInstant } from '../../parts/numbers.js';

/** One entry as one line; the selected one is shown in full beside the list. */
export function LogLine({
  id,
  entry: { timestamp, level, event_type, message },
  position,
  rows,
  isSelected,
  onSelect,
}: {
  readonly id: string;
  readonly entry: WireLogEntry;
  readonly position: number;
  readonly rows: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}): JSX.Element {
  return (
    // The list has the focus and handles keys; it names this row as the active one.
    // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events, jsx-a11y-x/interactive-supports-focus -- keys are of the list
    <div
      id={id}
      className="log-row"
      role="option"
      aria-selected={isSelected}
      aria-setsize={rows}
      aria-posinset={position + 1}
      data-level={level}
      onClick={onSelect}
    >
      <span className="log-time">{shownTime(timestamp)}</span>
      <span className="log-level">{level}</span>
      <span className="log-event">{event_type}</span>
      <span className="log-message">{message}</span>
    </div>
  );
}

/** 12:34:56.789 */
function shownTime(timestamp: string): string {
  return shownInstant(timestamp).slice(11) + (/\.\d{3}/.exec(timestamp)?.[0] ?? '');
}
