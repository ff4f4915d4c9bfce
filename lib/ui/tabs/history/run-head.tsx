import type { JSX } from 'react';
import { RUN_COLUMNS, type RunColumn, type RunOrder } from './run-order.js';

/**
 * The header of the list of runs: every column sorts, first in its natural direction and then in the other.
 */
export function RunHead({
  order,
  onOrder,
}: {
  readonly order: RunOrder;
  readonly onOrder: (order: RunOrder) => void;
}): JSX.Element {
  return (
    <>
      <colgroup>
        <col className="history-col-pick" />
        {RUN_COLUMNS.map(({ key }) => (
          <col key={key} className={`history-col-${key}`} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col">
            <span className="visually-hidden">Pick to compare</span>
          </th>
          {RUN_COLUMNS.map(({ key, title, ...column }) => {
            const isNumber = (column as RunColumn).isNumber === true;
            const isIt = order.by === key;
            return (
              <th
                key={key}
                scope="col"
                className={isNumber ? 'number' : undefined}
                aria-sort={isIt ? (order.descending ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  className="history-sort"
                  onClick={() => {
                    onOrder({ by: key, descending: isIt ? !order.descending : startsDescending(key) });
                  }}
                >
                  {title}
                  <span aria-hidden="true" className="history-sort-mark">
                    {isIt ? (order.descending ? '▼' : '▲') : ''}
                  </span>
                </button>
              </th>
            );
          })}
        </tr>
      </thead>
    </>
  );
}

/** Numbers and times start descending, words ascending. */
function startsDescending(key: RunOrder['by']): boolean {
  return key === 'started' || key === 'duration' || key === 'ticks';
}
