import type { Area } from './panel.js';
import { px } from './scale.js';
import type { TickColumns } from './tick-columns.js';

/** Shades of the heat map; more could not be told apart. */
export const SHADES = 16;

/** Cells shaded by value, one path per shade, equal neighbours in a row joined. */
export function heatMap(
  columns: TickColumns,
  area: Area,
  range: { readonly low: number; readonly high: number },
): string[] {
  const paths = Array.from({ length: SHADES }, (): string[] => []);
  const height = (area.bottom - area.top) / columns.rows;
  const width = (area.right - area.left) / columns.columns;
  for (let row = 0; row < columns.rows; row++) {
    const shades = columns.curve(row).map((extent) =>
      // The value farther from zero: an impulse must not vanish among the quiet ticks of its column.
      extent === undefined ? undefined : shade(extent.high >= -extent.low ? extent.high : extent.low, range),
    );
    for (let start = 0; start < shades.length;) {
      let end = start + 1;
      while (end < shades.length && shades[end] === shades[start]) end++;
      const at = shades[start];
      if (at !== undefined) {
        const corner = `M${px(area.left + start * width)} ${px(area.top + row * height)}`;
        const w = px((end - start) * width);
        paths[at]!.push(`${corner}h${w}v${px(height)}h-${w}z`);
      }
      start = end;
    }
  }
  return paths.flatMap((cells, at) =>
    cells.length === 0 ? [] : [`<path class="shade s${String(at)}" d="${cells.join('')}"/>`],
  );
}

function shade(value: number, { low, high }: { readonly low: number; readonly high: number }): number {
  if (high === low) return 0;
  return Math.min(SHADES - 1, Math.floor(((value - low) / (high - low)) * SHADES));
}
