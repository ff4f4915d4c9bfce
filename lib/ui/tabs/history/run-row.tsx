import { memo, type JSX } from 'react';
import { Link } from 'react-router';
import type { HistoryEntry } from '../../../service/wire/index.js';
import { shownDuration, shownInstant, shownNumber } from '../../parts/numbers.js';
import { RunPill } from '../../parts/run-pill.js';
import { durationOf } from './run-order.js';

/** One run of the list. The link of its name covers the row, so that a click anywhere opens it. */
export const RunRow = memo(function RunRow({
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
