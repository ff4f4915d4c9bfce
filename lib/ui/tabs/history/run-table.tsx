import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, memo, type JSX, type KeyboardEvent } from 'react';
import type { HistoryEntry } from '../../../service/wire/index.js';
import { RunHead } from './run-head.js';
import { RUN_COLUMNS, durationOf, type RunOrder } from './run-order.js';
import { Link } from 'react-router';
import { shownDuration, shownInstant, shownNumber } from '../../parts/numbers.js';
import { RunPill } from '../../parts/run-pill.js';

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

/** One run of the list. The link of its name covers the row, so that a click anywhere opens it. */
const RunRow = memo(function RunRow({
  entry,
  index,
  search,
  isSelected,
  isPicked,
  onPick,
}: {
  readonly entry: HistoryEntry;
  readonly index: number;
  readonly search: string;
  readonly isSelected: boolean;
  readonly isPicked: boolean;
  readonly onPick: (id: string) => void;
}): JSX.Element {
  const { run_id, name, result, expected, started_at, ticks_completed, ticks_total, scenario_id } = entry;
  const ticks =
    ticks_completed === ticks_total
      ? shownNumber(ticks_total)
      : `${shownNumber(ticks_completed)} / ${shownNumber(ticks_total)}`;
  return (
    <tr aria-rowindex={index + 2} className={isSelected ? 'history-row history-row-open' : 'history-row'}>
      <td>
        <input
          type="checkbox"
          aria-label={`Pick ${run_id} (${name}) to compare`}
          checked={isPicked}
          onChange={() => {
            onPick(run_id);
          }}
        />
      </td>
      <td title={`${name}, ${run_id}`}>
        <Link
          className="history-row-link"
          to={`/history/run/${encodeURIComponent(run_id)}${search}`}
          aria-current={isSelected ? 'true' : undefined}
        >
          {name}
        </Link>
      </td>
      <td>
        <RunPill run={{ state: result, expected }} />
      </td>
      <td>{shownInstant(started_at)}</td>
      <td className="number">{shownDuration(durationOf(entry))}</td>
      <td className="number">{ticks}</td>
      <td title={scenario_id}>{scenario_id}</td>
    </tr>
  );
});
