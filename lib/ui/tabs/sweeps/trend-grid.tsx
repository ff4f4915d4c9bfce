import { useEffect, useRef, type JSX } from 'react';
import { Link } from 'react-router';
import type { WireTrendBatch, WireTrends } from '../../../service/wire/index.js';
import { shownInstant } from '../../parts/numbers.js';
import { TrendSquare } from './trend-square.js';

/** A row for each name, a column for each batch, the latest at the end, which is scrolled into view. */
export function TrendGrid({
  trends: { batches, rows },
  isOld,
}: {
  readonly trends: WireTrends;
  /** True if the grid belongs to the previous query. */
  readonly isOld: boolean;
}): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const last = batches.at(-1)?.batch_id;
  useEffect(() => {
    scroller.current?.scrollTo({ left: scroller.current.scrollWidth });
  }, [last, batches.length]);
  return (
    <div ref={scroller} className="trends-scroll" role="region" aria-label="Grid of trends" tabIndex={0}>
      <table className="trends-grid" aria-label="Trends" aria-busy={isOld}>
        <thead>
          <tr>
            <th scope="col">Batch of</th>
            {batches.map((batch) => (
              <th key={batch.batch_id} scope="col">
                <BatchLink batch={batch} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              {cells.map((cell, n) => (
                <td key={batches[n]!.batch_id}>
                  <TrendSquare name={name} batch={batches[n]!} cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Day and time of a batch, on two lines. */
function BatchLink({ batch: { batch_id, started_at } }: { readonly batch: WireTrendBatch }): JSX.Element {
  const shown = shownInstant(started_at);
  const [day, time] = [shown.slice(5, 10), shown.slice(11, 16)];
  return (
    <Link
      to={`/history/batches/${encodeURIComponent(batch_id)}`}
      title={`Batch ${batch_id} of ${shown}`}
      aria-label={`Batch of ${shown}`}
    >
      {day}
      <br />
      {time}
    </Link>
  );
}
