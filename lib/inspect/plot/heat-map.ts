import type { Area } from './panel.js';
import { px } from './scale.js';
import type { Extent, TickColumns } from './tick-columns.js';

/** Number of shades of the heat map; more could not be distinguished. */
export const SHADES = 16;

/**
 * Cells shaded by value, one path per shade, equal adjacent cells in a row joined. A cell that covers several
 * values shows the maximum in its upper half and the minimum in its lower half, so that neither hides the
 * other.
 */
export function heatMap(
  columns: TickColumns,
  area: Area,
  range: { readonly low: number; readonly high: number },
): string[] {
  const paths = Array.from({ length: SHADES }, (): string[] => []);
  const height = (area.bottom - area.top) / columns.rows;
  const width = (area.right - area.left) / columns.columns;
  for (let row = 0; row < columns.rows; row++) {
    const top = area.top + row * height;
    for (const { start, end, upper, lower } of joined(columns.curve(row), range)) {
      const cell = { left: area.left + start * width, width: (end - start) * width };
      if (upper === lower) paths[upper]!.push(rectangle({ ...cell, top, height }));
      else {
        paths[upper]!.push(rectangle({ ...cell, top, height: height / 2 }));
        paths[lower]!.push(rectangle({ ...cell, top: top + height / 2, height: height / 2 }));
      }
    }
  }
  return paths.flatMap((cells, at) =>
    cells.length === 0 ? [] : [`<path class="shade s${String(at)}" d="${cells.join('')}"/>`],
  );
}

/** Adjacent columns with the same shades; `end` is exclusive. */
interface Joined {
  readonly start: number;
  readonly end: number;
  readonly upper: number;
  readonly lower: number;
}

function joined(
  extents: readonly (Extent | undefined)[],
  range: { readonly low: number; readonly high: number },
): readonly Joined[] {
  const runs: Joined[] = [];
  extents.forEach((extent, column) => {
    if (extent === undefined) return;
    const [upper, lower] = [shade(extent.high, range), shade(extent.low, range)];
    const last = runs.at(-1);
    const isSame = last?.end === column && last.upper === upper && last.lower === lower;
    if (isSame) runs[runs.length - 1] = { ...last, end: column + 1 };
    else runs.push({ start: column, end: column + 1, upper, lower });
  });
  return runs;
}

/** Edges are rounded before they are subtracted: adjacent cells share an edge, without a gap between them. */
function rectangle(at: {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}): string {
  const [left, top] = [edge(at.left), edge(at.top)];
  const [width, height] = [edge(at.left + at.width) - left, edge(at.top + at.height) - top];
  return `M${px(left)} ${px(top)}h${px(width)}v${px(height)}h-${px(width)}z`;
}

function edge(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function shade(value: number, { low, high }: { readonly low: number; readonly high: number }): number {
  if (high === low) return 0;
  return Math.min(SHADES - 1, Math.floor(((value - low) / (high - low)) * SHADES));
}
