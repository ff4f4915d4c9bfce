import { useEffect, useMemo, useRef, type JSX } from 'react';
import type { Series } from '../../service/wire/index.js';
import { shownNumber } from '../parts/numbers.js';
import { usePalette } from './palette.js';
import { stateMatrix, type StateMatrix } from './state-matrix.js';
import { ThinningNote } from './thinning.js';

/**
 * State over ticks: a row per node, a column per tick, or per group of ticks; from the minimum (blue) to the
 * maximum (orange). Drawn on a canvas, one pixel per cell, and scaled.
 */
export function HeatMap({
  title,
  series,
  height = 180,
}: {
  readonly title: string;
  /** For the metric `u`; undefined while unknown. */
  readonly series: Series | undefined;
  readonly height?: number;
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const matrix = useMemo(() => stateMatrix(series), [series]);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined) return;
    draw(element, context, matrix);
  }, [matrix, palette]);
  const { extremes } = matrix;
  const ends = series === undefined || extremes === null ? null : series;
  return (
    <figure className="heat-map">
      <canvas
        ref={canvas}
        style={{ height, width: '100%', imageRendering: 'pixelated' }}
        role="img"
        aria-label={said(title, series, matrix)}
      />
      <figcaption>
        <div className="heat-map-legend">
          <span>tick {ends === null ? '–' : shownNumber(ends.from)}</span>
          <span className="heat-map-scale">
            {shownNumber(extremes?.least)}
            <span className="heat-map-ramp" aria-hidden="true" />
            {shownNumber(extremes?.most)}
          </span>
          <span>tick {ends === null ? '–' : shownNumber(ends.to)}</span>
        </div>
        <ThinningNote series={[series]} />
      </figcaption>
    </figure>
  );
}

function said(title: string, series: Series | undefined, { nodes, extremes }: StateMatrix): string {
  if (series === undefined) return `${title}: not known yet`;
  if (extremes === null) return `${title}: no tick is recorded`;
  const { least, most } = extremes;
  return `${title}: ${nodes} nodes, ticks ${series.from} to ${series.to}, values ${least} to ${most}`;
}

function draw(element: HTMLCanvasElement, context: CanvasRenderingContext2D, matrix: StateMatrix): void {
  const { columns, rows, extremes, value } = matrix;
  element.width = Math.max(columns, 1);
  element.height = Math.max(rows, 1);
  if (extremes === null) return;
  const { least, most } = extremes;
  const image = context.createImageData(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const shown = value(column, row);
      if (shown === null) continue;
      const share = most === least ? 0.5 : (shown - least) / (most - least);
      paint(image.data, 4 * (row * columns + column), share);
    }
  }
  context.putImageData(image, 0, 0);
}

/**
 * Blue, through pale, to orange: distinguishable with red-green colour blindness. The ramp of the legend is
 * the same.
 */
const STOPS = [
  [33, 72, 150],
  [222, 228, 236],
  [191, 88, 12],
] as const;

function paint(data: Uint8ClampedArray, at: number, share: number): void {
  const upper = share >= 0.5;
  const [from, to] = upper ? [STOPS[1], STOPS[2]] : [STOPS[0], STOPS[1]];
  const part = upper ? share * 2 - 1 : share * 2;
  for (let channel = 0; channel < 3; channel++) {
    data[at + channel] = from[channel]! + (to[channel]! - from[channel]!) * part;
  }
  data[at + 3] = 255;
}
