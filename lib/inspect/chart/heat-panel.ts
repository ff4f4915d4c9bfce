import type { Value } from '../columns/value.js';
import { SHADES } from '../plot/heat-map.js';
import type { Area } from '../plot/panel.js';
import { px } from '../plot/scale.js';
import { shortened } from '../plot/shortened.js';
import type { ChartPoint } from './chart-data.js';
import { acrossLabels, captions, type FrameLabels } from './panel-frame.js';
import { summaryOf } from './statistics.js';
import { valueScale } from './value-scale.js';

export interface HeatValues {
  readonly xs: readonly Value[];
  readonly rows: readonly Value[];
  readonly range: { readonly low: number; readonly high: number };
}

/** A cell for each pair of values, shaded by the mean of its runs; a pair without a run is left blank. */
export function heatPanel(
  area: Area,
  points: readonly ChartPoint[],
  { xs, rows, range }: HeatValues,
  labels: FrameLabels,
): string[] {
  const x = valueScale(xs, { start: area.left, end: area.right }, 16, true);
  const y = valueScale(rows, { start: area.bottom, end: area.top }, 24, true);
  const cells = new Map<string, { readonly point: ChartPoint; readonly heights: number[] }>();
  for (const point of points) {
    const key = JSON.stringify([point.x, point.series]);
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { point, heights: [point.y] });
    else cell.heights.push(point.y);
  }
  const drawn = [...cells.values()].map(({ point, heights }) => {
    const [left, top] = [x.at(point.x) - x.band / 2, y.at(point.series) - y.band / 2];
    const shade = shadeOf(summaryOf(heights).mean, range);
    return `<rect class="shade s${String(shade)}" x="${px(left)}" y="${px(top)}" width="${px(x.band)}" height="${px(y.band)}"/>`;
  });
  const side = y.labels.map(
    ({ at, text }) =>
      `<text class="mark" x="${px(area.left - 6)}" y="${px(at + 3.5)}" text-anchor="end">${shortened(text, 9)}</text>`,
  );
  const { left, right, top, bottom } = area;
  return [
    ...captions(area, labels),
    ...drawn.sort(),
    ...side,
    ...acrossLabels(area, x),
    `<path class="frame" d="M${px(left)} ${px(top)}V${px(bottom)}H${px(right)}"/>`,
  ];
}

/** The index of the shade of a value. */
export function shadeOf(value: number, { low, high }: HeatValues['range']): number {
  if (high === low) return 0;
  return Math.min(SHADES - 1, Math.floor(((value - low) / (high - low)) * SHADES));
}
