import type { JSX } from 'react';
import type { WireValue } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import type { ChartChoice } from './chart-choice.js';
import type { ChartPoint } from './chart-points.js';
import { cellText } from './value-text.js';

/** Maximum number of shown values of an axis. */
const MOST = 60;

/** A heat map as a table: a row and a column for each value of two axes, cells coloured by value. */
export function HeatTable({
  choice: { x, by, value },
  points,
}: {
  readonly choice: ChartChoice;
  readonly points: readonly ChartPoint[];
}): JSX.Element {
  const columns = distinct(points.map((point) => point.x));
  const rows = distinct(points.map((point) => point.by));
  const [shownColumns, shownRows] = [columns.slice(0, MOST), rows.slice(0, MOST)];
  const cells = new Map(points.map((point) => [keyOf(point.x, point.by), point]));
  const least = points.reduce((found, { y }) => Math.min(found, y), Infinity);
  const most = points.reduce((found, { y }) => Math.max(found, y), -Infinity);
  const isMean = points.some(({ runs }) => runs > 1);
  const title = `${isMean ? 'Mean of ' : ''}${value} by ${x} and ${by}`;
  return (
    <figure className="sweeps-figure">
      <figcaption className="sweeps-title">{title}</figcaption>
      <div className="table-scroll sweeps-heat" tabIndex={0} role="region" aria-label={`Heat map: ${title}`}>
        <table aria-label={title}>
          <thead>
            <tr>
              <td className="sweeps-corner">
                {by} ↓ {x} →
              </td>
              {shownColumns.map((column) => (
                <th key={String(column)} scope="col">
                  {cellText(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shownRows.map((row) => (
              <tr key={String(row)}>
                <th scope="row">{cellText(row)}</th>
                {shownColumns.map((column) => (
                  <Cell
                    key={String(column)}
                    point={cells.get(keyOf(column, row))}
                    least={least}
                    most={most}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="heat-map-scale" aria-hidden="true">
        {shownNumber(least)}
        <span className="heat-map-ramp" />
        {shownNumber(most)}
        <span className="sweeps-absent">–</span> no run
      </p>
      {(columns.length > MOST || rows.length > MOST) && (
        <p className="muted">
          {shownNumber(shownColumns.length)} of {shownNumber(columns.length)} values of {x} and{' '}
          {shownNumber(shownRows.length)} of {shownNumber(rows.length)} values of {by} are shown.
        </p>
      )}
    </figure>
  );
}

function Cell({
  point,
  least,
  most,
}: {
  readonly point: ChartPoint | undefined;
  readonly least: number;
  readonly most: number;
}): JSX.Element {
  if (point === undefined) return <td className="sweeps-absent">–</td>;
  const { background, text } = heatColour(most === least ? 0.5 : (point.y - least) / (most - least));
  const runs = point.runs === 1 ? '1 run' : `${shownNumber(point.runs)} runs`;
  return (
    <td title={`${cellText(point.exact)}, ${runs}`} style={{ background, color: text }}>
      {shownNumber(point.y)}
    </td>
  );
}

function keyOf(x: WireValue, by: WireValue): string {
  return JSON.stringify([x, by]);
}

/** Distinct values, numbers by size; others in the order of the service. */
function distinct(values: readonly WireValue[]): readonly WireValue[] {
  const all = [...new Set(values)];
  return all.sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0));
}

/**
 * Blue, through pale, to orange: distinguishable with red-green colour blindness; as in the heat map of the
 * state.
 */
const STOPS = [
  [33, 72, 150],
  [222, 228, 236],
  [191, 88, 12],
] as const;

type Colour = readonly [number, number, number];

interface HeatColour {
  readonly background: string;
  /** Black or white, by contrast. */
  readonly text: string;
}

/** The colour of a share, 0 for the minimum and 1 for the maximum. */
function heatColour(share: number): HeatColour {
  const [from, to] = share >= 0.5 ? [STOPS[1], STOPS[2]] : [STOPS[0], STOPS[1]];
  const part = share >= 0.5 ? share * 2 - 1 : share * 2;
  const mixed = from.map((value, n) => Math.round(value + (to[n]! - value) * part)) as unknown as Colour;
  const light = luminance(mixed);
  const isDarkTextBetter = (light + 0.05) / 0.05 >= 1.05 / (light + 0.05);
  return { background: `rgb(${mixed.join(' ')})`, text: isDarkTextBetter ? '#000000' : '#ffffff' };
}

/** Relative luminance as defined by WCAG. */
function luminance(colour: Colour): number {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
