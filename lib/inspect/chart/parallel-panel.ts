import type { Value } from '../columns/value.js';
import type { Area } from '../plot/panel.js';
import { px } from '../plot/scale.js';
import type { ChartPoint } from './chart-data.js';
import { shadeOf, type HeatValues } from './heat-panel.js';
import { shortened } from './panel-frame.js';
import { valueScale, type ValueScale } from './value-scale.js';

/** A line in a fainter shade would not be seen. */
const FAINTEST = 3;

export interface ParallelAxis {
  readonly name: string;
  readonly values: readonly Value[];
}

/** An upright axis for each column, and a line for each run, shaded by the last of them. */
export function parallelPanel(
  area: Area,
  points: readonly ChartPoint[],
  axes: readonly ParallelAxis[],
  range: HeatValues['range'],
): string[] {
  const gap = (area.right - area.left - 48) / Math.max(1, axes.length - 1);
  const places = axes.map((_, n) => area.left + n * gap);
  const scales = axes.map(({ values }) => valueScale(values, { start: area.bottom, end: area.top }, 8));
  const lines = new Map<string, number>();
  for (const point of [...points].sort((a, b) => a.y - b.y)) {
    const heights = [...point.axes, point.y].map((value, n) => px(scales[n]!.at(value)));
    const d = heights.map((height, n) => `${n === 0 ? 'M' : 'L'}${px(places[n]!)} ${height}`).join('');
    lines.set(d, Math.max(FAINTEST, shadeOf(point.y, range)));
  }
  const curves = [...lines].map(([d, shade]) => `<path class="curve run t${String(shade)}" d="${d}"/>`);
  return [
    ...curves,
    ...axes.flatMap(({ name }, n) =>
      upright(area, places[n]!, scales[n]!, { name, isLast: n === axes.length - 1 }),
    ),
  ];
}

function upright(
  { top, bottom, right }: Area,
  at: number,
  scale: ValueScale,
  { name, isLast }: { readonly name: string; readonly isLast: boolean },
): string[] {
  const marks = scale.labels.map(
    ({ at: y, text }) =>
      `<path class="grid" d="M${px(at)} ${px(y)}h4"/><text class="mark halo" x="${px(at + 6)}" y="${px(y + 3.5)}">${shortened(text, 14)}</text>`,
  );
  return [
    `<path class="frame" d="M${px(at)} ${px(top)}V${px(bottom)}"/>`,
    isLast
      ? `<text class="caption" x="${px(right)}" y="${px(top - 10)}" text-anchor="end">${shortened(name, 24)}</text>`
      : `<text class="caption" x="${px(at)}" y="${px(top - 10)}">${shortened(name, 18)}</text>`,
    ...marks,
  ];
}
