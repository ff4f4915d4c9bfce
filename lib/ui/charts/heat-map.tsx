import { useEffect, useRef, type JSX } from 'react';
import { usePalette } from './palette.js';

/**
 * State over ticks: a row per node, a column per tick, from the least value (blue) through 0 or the middle to the greatest
 * (orange). Drawn on a canvas, one pixel a cell, and stretched.
 */
export function HeatMap({
  title,
  ticks,
  values,
  nodes,
  height = 180,
}: {
  readonly title: string;
  readonly ticks: readonly number[];
  /** One list of node values per tick. */
  readonly values: readonly (readonly number[])[];
  readonly nodes: readonly number[];
  readonly height?: number;
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const { least, most } = extent(values);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined) return;
    element.width = Math.max(values.length, 1);
    element.height = Math.max(nodes.length, 1);
    if (values.length === 0 || nodes.length === 0) return;
    const image = context.createImageData(values.length, nodes.length);
    values.forEach((row, column) => {
      for (let node = 0; node < nodes.length; node++) {
        const at = 4 * (node * values.length + column);
        paint(image.data, at, most === least ? 0.5 : ((row[node] ?? least) - least) / (most - least));
      }
    });
    context.putImageData(image, 0, 0);
  }, [values, nodes, least, most, palette]);
  const range = values.length === 0 ? 'nothing yet' : `${least} to ${most}`;
  return (
    <figure className="heat-map">
      <canvas
        ref={canvas}
        style={{ height, width: '100%', imageRendering: 'pixelated' }}
        role="img"
        aria-label={`${title}: ${nodes.length} nodes, ticks ${ticks[0] ?? 0} to ${ticks.at(-1) ?? 0}, values ${range}`}
      />
      <figcaption className="heat-map-legend">
        <span>tick {ticks[0] ?? '–'}</span>
        <span className="heat-map-scale">
          {values.length === 0 ? '–' : least}
          <span className="heat-map-ramp" aria-hidden="true" />
          {values.length === 0 ? '–' : most}
        </span>
        <span>tick {ticks.at(-1) ?? '–'}</span>
      </figcaption>
    </figure>
  );
}

function extent(values: readonly (readonly number[])[]): { readonly least: number; readonly most: number } {
  let least = Infinity;
  let most = -Infinity;
  for (const row of values) {
    for (const value of row) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return { least, most };
}

/** Blue, through pale, to orange: told apart by people who see red and green alike. The ramp of the legend is the same. */
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
