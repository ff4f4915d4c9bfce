import { escaped } from '../../base/xml-text.js';
import type { Extent } from './tick-columns.js';
import { axisText, px, type Scale } from './scale.js';

/** Horizontal range of every panel, in pixels. */
export const LEFT = 72;
export const RIGHT = 936;

/** The data area of a panel, in pixels. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Caption, frame, grid and both axes of a panel; tick numbers only on request. */
export function axes(
  area: Area,
  scales: { readonly x: Scale; readonly y: Scale },
  labels: { readonly caption: string; readonly ticks: boolean; readonly rows?: readonly [number, string][] },
): string[] {
  const { left, right, top, bottom } = area;
  const lines = [
    `<text class="caption" x="${px(left)}" y="${px(top - 8)}">${escaped(labels.caption)}</text>`,
  ];
  const rows =
    labels.rows ?? scales.y.marks.map((mark): [number, string] => [scales.y.pixel(mark), axisText(mark)]);
  for (const [y, text] of rows) {
    if (labels.rows === undefined) lines.push(`<path class="grid" d="M${px(left)} ${px(y)}H${px(right)}"/>`);
    lines.push(
      `<text class="mark" x="${px(left - 6)}" y="${px(y + 3.5)}" text-anchor="end">${escaped(text)}</text>`,
    );
  }
  for (const mark of scales.x.marks) {
    const x = px(scales.x.pixel(mark));
    lines.push(`<path class="grid" d="M${x} ${px(bottom)}v4"/>`);
    if (!labels.ticks) continue;
    lines.push(
      `<text class="mark" x="${x}" y="${px(bottom + 16)}" text-anchor="middle">${axisText(mark)}</text>`,
    );
  }
  lines.push(`<path class="frame" d="M${px(left)} ${px(top)}V${px(bottom)}H${px(right)}"/>`);
  return lines;
}

/**
 * A curve through the extents of its columns: a line if columns have one tick, the band between minimum and
 * maximum if they have many.
 */
export function curve(
  extents: readonly (Extent | undefined)[],
  at: { readonly x: (column: number) => number; readonly y: Scale },
  style: string,
): string {
  const points: string[] = [];
  let previous = '';
  const go = (x: string, value: number): void => {
    const point = `${x} ${px(at.y.pixel(value))}`;
    if (point !== previous) points.push(point);
    previous = point;
  };
  extents.forEach((extent, column) => {
    if (extent === undefined) return;
    const x = px(at.x(column));
    go(x, extent.low);
    go(x, extent.high);
  });
  const [only] = points;
  const path = points.length === 1 ? `M${only!}h0.1` : `M${points.join('L')}`;
  return `<path class="curve ${style}" d="${path}"/>`;
}
