import { useEffect, useId, useRef, type JSX, type KeyboardEvent } from 'react';
import type { LogBuffer, LogRow } from './log-buffer.js';
import { ROW_HEIGHT, rowsShown, topOf } from './row-window.js';
import { useRowScroll } from './use-row-scroll.js';
import type { WireLogEntry } from '../../../service/wire/index.js';
import { shownInstant } from '../../parts/numbers.js';

/** The entries that pass the filter; only visible ones are rendered. Arrow keys move the selection. */
export function LogList({
  buffer,
  label,
  selected,
  onSelect,
  follow,
  onFollow,
}: {
  readonly buffer: LogBuffer;
  readonly label: string;
  /** Cursor of the selected entry; 0 for none. */
  readonly selected: number;
  readonly onSelect: (cursor: number) => void;
  readonly follow: boolean;
  readonly onFollow: (follow: boolean) => void;
}): JSX.Element {
  const { rows, trimmed } = buffer;
  const id = useId();
  const { element, window, viewport, offset, onScroll, show } = useRowScroll({
    rows,
    trimmed,
    follow,
    onFollow,
  });
  const { first, last } = rowsShown(offset, rows, viewport);
  const position = selected === 0 ? -1 : buffer.positionOf(selected);
  useShownOnce(selected, position, show);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextPosition(event.key, position, rows, Math.floor(viewport / ROW_HEIGHT));
    const row = next === null ? undefined : buffer.row(next);
    if (next === null || row === undefined) return;
    event.preventDefault();
    onFollow(event.key === 'End');
    onSelect(row.cursor);
    show(next);
  };
  const drawn: { readonly row: LogRow; readonly at: number }[] = [];
  for (let at = first; at < last; at++) {
    const row = buffer.row(at);
    if (row !== undefined) drawn.push({ row, at });
  }
  return (
    <div
      ref={element}
      className="log-list"
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={position >= first && position < last ? `${id}-${selected}` : undefined}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div className="log-room" style={{ height: window.height }}>
        <div className="log-rows" style={{ transform: `translateY(${topOf(first, offset, window)}px)` }}>
          {drawn.map(({ row, at }) => (
            <LogLine
              key={row.cursor}
              id={`${id}-${row.cursor}`}
              entry={row.entry}
              position={at}
              rows={rows}
              isSelected={row.cursor === selected}
              onSelect={() => onSelect(row.cursor)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** Target position of a key; null for other keys. */
function nextPosition(key: string, position: number, rows: number, page: number): number | null {
  const within = (next: number): number => Math.max(0, Math.min(rows - 1, next));
  switch (key) {
    case 'ArrowDown':
      return within(position + 1);
    case 'ArrowUp':
      return within(position - 1);
    case 'PageDown':
      return within(position + page);
    case 'PageUp':
      return within(position - page);
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    default:
      return null;
  }
}

/** Scrolls to the entry in the URL once it is loaded; entries selected later are already visible. */
function useShownOnce(selected: number, position: number, show: (row: number) => void): void {
  const awaited = useRef(selected);
  useEffect(() => {
    if (awaited.current === 0) return;
    if (awaited.current === selected && position < 0) return;
    if (awaited.current === selected) show(position);
    awaited.current = 0;
  });
}

/** One entry as one line; the selected one is shown in full beside the list. */
function LogLine({
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
