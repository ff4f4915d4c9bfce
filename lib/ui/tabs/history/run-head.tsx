import type { JSX } from 'react';
import { SortTitle } from '../../parts/sort-title.js';
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
              <SortTitle
                key={key}
                title={title}
                className={isNumber ? 'number' : undefined}
                order={isIt ? (order.descending ? 'descending' : 'ascending') : 'none'}
                onSort={() => {
                  onOrder({ by: key, descending: isIt ? !order.descending : startsDescending(key) });
                }}
              />
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
