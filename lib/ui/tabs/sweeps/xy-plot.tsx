import { useMemo, type JSX } from 'react';
import { useElementWidth } from '../../parts/element-width.js';
import { shownNumber } from '../../parts/numbers.js';
import type { ChartChoice } from './chart-choice.js';
import type { ChartPoint } from './chart-points.js';
import { numberScale, scaleOf, type PlotScale } from './plot-scale.js';
import { Mark, seriesColour } from './series-mark.js';
import { cellText } from './value-text.js';

const HEIGHT = 360;
const LEFT = 78;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 54;

/** Maximum number of distinguishable lines. */
const MOST_SERIES = 12;

interface Series {
  readonly name: string;
  readonly points: readonly ChartPoint[];
}

/** Points or lines over two axes. Its data is also in the table below it. */
export function XyPlot({
  choice,
  points,
}: {
  readonly choice: ChartChoice;
  readonly points: readonly ChartPoint[];
}): JSX.Element {
  const { kind, x, by, value } = choice;
  const [host, width] = useElementWidth<HTMLDivElement>();
  const all = useMemo(() => seriesOf(points), [points]);
  const shown = all.slice(0, MOST_SERIES);
  const drawn = shown.flatMap((series) => series.points);
  const xScale = scaleOf(drawn.map((point) => point.x));
  const yScale = numberScale(drawn.map(({ y }) => y));
  const isMean = drawn.some(({ runs }) => runs > 1);
  const title = `${isMean ? 'Mean of ' : ''}${value} by ${x}${by === '' ? '' : `, grouped by ${by}`}`;
  return (
    <figure className="sweeps-figure">
      <figcaption className="sweeps-title">{title}</figcaption>
      <div ref={host}>
        <svg width={width} height={HEIGHT} role="img" aria-label={said(title, shown, drawn)}>
          <Axes x={xScale} y={yScale} width={width} names={{ x, y: isMean ? `mean of ${value}` : value }} />
          {shown.map((series, n) => (
            <Drawn
              key={series.name}
              series={series}
              n={n}
              at={placing(xScale, yScale, width)}
              isLine={kind === 'line'}
            />
          ))}
        </svg>
      </div>
      {by !== '' && (
        <ul className="sweeps-legend" aria-label={`Legend: ${by}`}>
          {shown.map(({ name }, n) => (
            <li key={name}>
              <svg width="14" height="14" aria-hidden="true">
                <Mark n={n} x={7} y={7} />
              </svg>
              {by}={name}
            </li>
          ))}
          {all.length > MOST_SERIES && (
            <li>
              the first {MOST_SERIES} of {shownNumber(all.length)}
            </li>
          )}
        </ul>
      )}
    </figure>
  );
}

type Placing = (point: ChartPoint) => { readonly x: number; readonly y: number };

function placing(x: PlotScale, y: PlotScale, width: number): Placing {
  return (point) => ({
    x: LEFT + x.at(point.x) * Math.max(width - LEFT - RIGHT, 1),
    y: TOP + (1 - y.at(point.y)) * (HEIGHT - TOP - BOTTOM),
  });
}

function Drawn({
  series,
  n,
  at,
  isLine,
}: {
  readonly series: Series;
  readonly n: number;
  readonly at: Placing;
  readonly isLine: boolean;
}): JSX.Element {
  const places = series.points.map(at);
  return (
    <g>
      {isLine && (
        <polyline
          points={places.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
          style={{ stroke: seriesColour(n) }}
          className="sweeps-line"
        />
      )}
      {places.map(({ x, y }, index) => (
        <Mark key={index} n={n} x={x} y={y} />
      ))}
    </g>
  );
}

function Axes({
  x,
  y,
  width,
  names,
}: {
  readonly x: PlotScale;
  readonly y: PlotScale;
  readonly width: number;
  readonly names: { readonly x: string; readonly y: string };
}): JSX.Element {
  const right = Math.max(width - RIGHT, LEFT + 1);
  const bottom = HEIGHT - BOTTOM;
  return (
    <g className="sweeps-axes">
      {y.ticks.map(({ at, text }) => {
        const place = TOP + (1 - at) * (bottom - TOP);
        return (
          <g key={text}>
            <line x1={LEFT} x2={right} y1={place} y2={place} />
            <text x={LEFT - 8} y={place + 4} textAnchor="end">
              {text}
            </text>
          </g>
        );
      })}
      {fitting(x, width).map(({ at, text }) => {
        const place = LEFT + at * (right - LEFT);
        return (
          <g key={text}>
            <line x1={place} x2={place} y1={bottom} y2={bottom + 5} />
            <text x={place} y={bottom + 19} textAnchor={at > 0.97 ? 'end' : 'middle'}>
              {text}
            </text>
          </g>
        );
      })}
      <text className="sweeps-axis-name" x={(LEFT + right) / 2} y={HEIGHT - 10} textAnchor="middle">
        {names.x}
      </text>
      <text
        className="sweeps-axis-name"
        textAnchor="middle"
        transform={`translate(14 ${(TOP + bottom) / 2}) rotate(-90)`}
      >
        {names.y}
      </text>
    </g>
  );
}

/** Labels of the axis that fit beside each other. */
function fitting({ ticks }: PlotScale, width: number): PlotScale['ticks'] {
  const longest = ticks.reduce((found, { text }) => Math.max(found, text.length), 1);
  const room = Math.max(1, Math.floor((width - LEFT - RIGHT) / (longest * 7 + 14)));
  const every = Math.ceil(ticks.length / room);
  return ticks.filter((_, n) => n % every === 0);
}

function seriesOf(points: readonly ChartPoint[]): readonly Series[] {
  const groups = new Map<string, ChartPoint[]>();
  for (const point of points) {
    const name = cellText(point.by);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [point]);
    else group.push(point);
  }
  return [...groups].map(([name, own]) => ({ name, points: own }));
}

function said(title: string, series: readonly Series[], points: readonly ChartPoint[]): string {
  const least = points.reduce((found, { y }) => Math.min(found, y), Infinity);
  const most = points.reduce((found, { y }) => Math.max(found, y), -Infinity);
  const lines = series.length === 1 ? '' : ` in ${series.length} groups`;
  return `${title}: ${points.length} points${lines}, from ${shownNumber(least)} to ${shownNumber(most)}`;
}
