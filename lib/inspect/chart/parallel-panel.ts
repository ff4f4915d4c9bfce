import { escaped } from '../../base/xml-text.js';
import type { Value } from '../columns/value.js';
import type { Area } from '../plot/panel.js';
import { px } from '../plot/scale.js';
import type { ChartPoint } from './chart-data.js';
import { shadeOf, type HeatValues } from './heat-panel.js';
import { shortened } from '../plot/shortened.js';
import { valueScale, type ValueScale } from './value-scale.js';

/** Lines in a fainter shade would be invisible. */
const FAINTEST = 3;

/** Width for the values of the last axis. */
const RIGHT = 48;

export interface ParallelAxis {
  readonly name: string;
  readonly values: readonly Value[];
}

/** A vertical axis for each column, and a line for each run, shaded by the last column. */
export function parallelPanel(
  area: Area,
  points: readonly ChartPoint[],
  axes: readonly ParallelAxis[],
  range: HeatValues['range'],
): string[] {
  const gap = (area.right - area.left - RIGHT) / Math.max(1, axes.length - 1);
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
    ...axes.flatMap((axis, n) => [
      ...upright(area, places[n]!, scales[n]!),
      n === axes.length - 1 ? lastTitle(area, axes, gap) : titleOf(axis, area, { at: places[n]!, gap }),
    ]),
  ];
}

function upright({ top, bottom }: Area, at: number, scale: ValueScale): string[] {
  const marks = scale.labels.map(
    ({ at: y, text }) =>
      `<path class="grid" d="M${px(at)} ${px(y)}h4"/><text class="mark halo" x="${px(at + 6)}" y="${px(y + 3.5)}">${shortened(text, 14)}</text>`,
  );
  return [`<path class="frame" d="M${px(at)} ${px(top)}V${px(bottom)}"/>`, ...marks];
}

/** Width of a character of a title, in pixels. */
const CHARACTER = 7;
const MOST_CHARACTERS = 24;
const LEAST_CHARACTERS = 5;

function titleOf(
  { name }: ParallelAxis,
  { top }: Area,
  { at, gap }: { readonly at: number; readonly gap: number },
): string {
  return `<text class="caption" x="${px(at)}" y="${px(top - 10)}">${escaped(endOf(name, charactersOf(gap)))}</text>`;
}

/** Ends at the right edge, one line higher if it would overlap the previous one. */
function lastTitle({ top, right }: Area, axes: readonly ParallelAxis[], gap: number): string {
  const [before, last] = [axes.at(-2)?.name ?? '', axes.at(-1)!.name];
  const title = endOf(last, MOST_CHARACTERS);
  const width = (endOf(before, charactersOf(gap)).length + title.length + 2) * CHARACTER;
  const y = width > gap + RIGHT ? top - 24 : top - 10;
  return `<text class="caption" x="${px(right)}" y="${px(y)}" text-anchor="end">${escaped(title)}</text>`;
}

function charactersOf(gap: number): number {
  return Math.min(MOST_CHARACTERS, Math.max(LEAST_CHARACTERS, Math.floor(gap / CHARACTER) - 1));
}

/** The end of a name: names of axes of one sweep mostly have the same start. */
function endOf(name: string, longest: number): string {
  return name.length <= longest ? name : `…${name.slice(1 - longest).replace(/^[\udc00-\udfff]/, '')}`;
}
