import type { JSX } from 'react';
import { shownNumber } from '../../parts/numbers.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import type { ChartChoice } from './chart-choice.js';
import type { ChartPoint } from './chart-points.js';
import { cellText } from './value-text.js';

/** Maximum number of rendered points; the table of runs has all. */
const MOST = 200;

/** The points of a chart as a table; also the text alternative of the chart. */
export function PointTable({
  choice: { x, by, value },
  points,
}: {
  readonly choice: ChartChoice;
  readonly points: readonly ChartPoint[];
}): JSX.Element {
  const isMean = points.some(({ runs }) => runs > 1);
  return (
    <details>
      <summary>Points as a table</summary>
      {points.length > MOST && (
        <p className="muted">
          The first {MOST} of {shownNumber(points.length)} points.
        </p>
      )}
      <ScrollTable
        label="Points of the chart"
        className="sweeps-points"
        columns={[
          x,
          ...(by !== '' ? [by] : []),
          { number: isMean ? `mean of ${value}` : value },
          ...(isMean ? [{ number: 'runs' }] : []),
        ]}
      >
        {points.slice(0, MOST).map((point, n) => (
          <tr key={n}>
            <td>{cellText(point.x)}</td>
            {by !== '' && <td>{cellText(point.by)}</td>}
            <td className="number">{cellText(point.exact)}</td>
            {isMean && <td className="number">{point.runs}</td>}
          </tr>
        ))}
      </ScrollTable>
    </details>
  );
}
