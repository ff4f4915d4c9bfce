import type { Area } from '../plot/panel.js';
import { axisText, px, type Scale } from '../plot/scale.js';
import { LONGEST, shortened } from '../plot/shortened.js';
import type { ValueScale } from './value-scale.js';

export interface FrameLabels {
  readonly caption: string;
  readonly x: string;
  readonly y: string;
}

/** Caption, frame, grid, axes and their names. */
export function panelFrame(area: Area, x: ValueScale, y: Scale, labels: FrameLabels): string[] {
  const { left, right, top, bottom } = area;
  const grid = y.marks.flatMap((mark) => {
    const at = px(y.pixel(mark));
    return [
      `<path class="grid" d="M${px(left)} ${at}H${px(right)}"/>`,
      `<text class="mark" x="${px(left - 6)}" y="${px(y.pixel(mark) + 3.5)}" text-anchor="end">${axisText(mark)}</text>`,
    ];
  });
  return [
    ...captions(area, labels),
    ...grid,
    ...acrossLabels(area, x),
    `<path class="frame" d="M${px(left)} ${px(top)}V${px(bottom)}H${px(right)}"/>`,
  ];
}

/** The caption above, the name of the x axis below, and that of the y axis at the side. */
export function captions({ left, right, top, bottom }: Area, { caption, x, y }: FrameLabels): string[] {
  const middle = px((top + bottom) / 2);
  const side = px(left - 56);
  return [
    ...(caption === ''
      ? []
      : [`<text class="caption" x="${px(left)}" y="${px(top - 8)}">${shortened(caption, 60)}</text>`]),
    ...(x === ''
      ? []
      : [
          `<text class="note" x="${px((left + right) / 2)}" y="${px(bottom + 36)}" text-anchor="middle">${shortened(x, 60)}</text>`,
        ]),
    ...(y === ''
      ? []
      : [
          `<text class="note" x="${side}" y="${middle}" text-anchor="middle" transform="rotate(-90 ${side} ${middle})">${shortened(y, 60)}</text>`,
        ]),
  ];
}

/** Marks and labels along the bottom; slanted if they would overlap. */
export function acrossLabels({ left, right, bottom }: Area, x: ValueScale): string[] {
  const room = (right - left) / Math.max(1, x.labels.length);
  const isTight = x.labels.some(({ text }) => Math.min(text.length, LONGEST) * 6.5 > room);
  return x.labels.map(({ at, text }) => {
    const [dx, dy] = isTight ? [at + 3, bottom + 12] : [at, bottom + 16];
    const turn = isTight
      ? ` text-anchor="end" transform="rotate(-24 ${px(dx)} ${px(dy)})"`
      : ' text-anchor="middle"';
    return `<path class="grid" d="M${px(at)} ${px(bottom)}v4"/><text class="mark" x="${px(dx)}" y="${px(dy)}"${turn}>${shortened(text)}</text>`;
  });
}
