import type { JSX } from 'react';

const COLOURS = 6;

/** The colour of a series; marks distinguish series with the same colour. */
export function seriesColour(n: number): string {
  return `var(--series-${(n % COLOURS) + 1})`;
}

const SHAPES = [
  'M-4,0 a4,4 0 1,0 8,0 a4,4 0 1,0 -8,0',
  'M-3.5,-3.5 h7 v7 h-7 z',
  'M0,-4.5 L4.5,3.5 L-4.5,3.5 z',
  'M0,-5 L5,0 L0,5 L-5,0 z',
  'M-4,-4 L4,4 M-4,4 L4,-4',
  'M0,-5 V5 M-5,0 H5',
  'M0,4.5 L4.5,-3.5 L-4.5,-3.5 z',
] as const;

/** A mark with its own shape and colour, so that colour is not the only sign. */
export function Mark({
  n,
  x,
  y,
}: {
  readonly n: number;
  readonly x: number;
  readonly y: number;
}): JSX.Element {
  const colour = seriesColour(n);
  return (
    <path
      d={SHAPES[n % SHAPES.length]}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
      className="sweeps-mark"
      style={{ fill: colour, stroke: colour }}
    />
  );
}
