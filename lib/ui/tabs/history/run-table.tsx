import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type JSX, type KeyboardEvent } from 'react';
import type { HistoryEntry } from '../../../service/wire/index.js';
import { RunHead } from './run-head.js';
import { RUN_COLUMNS, type RunOrder } from './run-order.js';
import { RunRow } from './run-row.js';

const ROW_PX = 34;
const BESIDE = 12;

/** The list of runs. Only visible rows, and some beside them, are rendered. */
export function RunTable({
  entries,
  order,
  search,
  selected,
  picked,
  onOrder,
  onPick,
}: {
  readonly entries: readonly HistoryEntry[];
  readonly order: RunOrder;
  /** Query of the links in the rows, so that the list keeps its state. */
  readonly search: string;
  readonly selected: string | undefined;
  readonly picked: readonly string[];
  readonly onOrder: (order: RunOrder) => void;
  readonly onPick: (id: string) => void;
}): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: BESIDE,
  });
  const { by, descending } = order;
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [by, descending]);
  const rows = virtualizer.getVirtualItems();
  const before = rows[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0);
  return (
    <div className="history-scroll" ref={scroller} role="region" aria-label="List of runs" tabIndex={0}>
      <table className="history-runs" aria-label="Runs" aria-rowcount={entries.length + 1}>
        <RunHead order={order} onOrder={onOrder} />
        {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-element-interactions -- keys of the links in its rows */}
        <tbody onKeyDown={walkRows}>
          <Room height={before} />
          {rows.map(({ index }) => {
            const entry = entries[index]!;
            return (
              <RunRow
                key={entry.run_id}
                entry={entry}
                index={index}
                search={search}
                isSelected={entry.run_id === selected}
                isPicked={picked.includes(entry.run_id)}
                onPick={onPick}
              />
            );
          })}
          <Room height={after} />
        </tbody>
      </table>
    </div>
  );
}

function Room({ height }: { readonly height: number }): JSX.Element | null {
  return height <= 0 ? null : (
    <tr aria-hidden="true" className="history-room">
      <td colSpan={RUN_COLUMNS.length + 1} style={{ height }} />
    </tr>
  );
}

/**
 * Arrow keys move from link to link; rows beside the visible ones are rendered, so that there is always a
 * next one.
 */
function walkRows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLAnchorElement)) return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const next = links[links.indexOf(event.target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.closest('tr')?.scrollIntoView({ block: 'nearest' });
}
