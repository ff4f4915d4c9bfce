import { escaped } from '../../base/xml-text.js';
import { shortened, titleLine } from '../plot/shortened.js';
import { rangeScale } from '../chart/value-scale.js';
import { LINE } from '../plot/legend.js';
import { DRAWING_MARK } from '../plot/own-drawing.js';
import { axes, LEFT, RIGHT, type Area } from '../plot/panel.js';
import { exactScale, px, type Scale } from '../plot/scale.js';
import { styleSheet } from '../plot/style.js';
import type { CurvePoint, Overlay } from './run-curves.js';

const WIDTH = 960;
const PANEL = 190;
const BETWEEN = 48;

/** The first run is drawn below the others and broader, so that equal curves stay visible. */
const OWN = `.curve.first,.key.first{stroke-width:5;stroke-opacity:.45}.parts{fill:none;stroke-width:1;stroke-dasharray:3 3}`;

/**
 * Draws runs over the same ticks as SVG, a panel for each metric and a colour for each run. The same runs
 * give the same bytes.
 *
 * @param parts for each run the first tick at which it differs from the first run; null if it does not, or if
 * it is unknown
 */
export function drawOverlay({ metrics, runs }: Overlay, parts: readonly (number | null)[]): string {
  const title = `${runs[0]!.name} and ${runs.length === 2 ? runs[1]!.name : `${String(runs.length - 1)} more runs`}`;
  const about = `${metrics.join(', ')} of ${String(runs.length)} runs over their ticks. The first run is the broad line; a dashed line marks the first tick at which a run differs from it.`;
  const top = 66 + runs.length * LINE + 20;
  const areas = metrics.map((_, n): Area => {
    const from = top + n * (PANEL + BETWEEN);
    return { left: LEFT, right: RIGHT, top: from, bottom: from + PANEL };
  });
  const height = areas.at(-1)!.bottom + 48;
  const last = Math.max(1, ...runs.flatMap(({ curves }) => curves.map((curve) => curve.at(-1)?.[0] ?? 1)));
  const x = exactScale({ from: 1, to: last }, { start: LEFT, end: RIGHT }, 10);
  const size = `viewBox="0 0 ${String(WIDTH)} ${px(height)}" width="${String(WIDTH)}" height="${px(height)}"`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="title about">`,
    DRAWING_MARK,
    `<title id="title">${escaped(title)}</title><desc id="about">${escaped(about)}</desc>`,
    styleSheet().replace('</style>', `\n${OWN}</style>`),
    '<rect class="paper" width="100%" height="100%"/>',
    titleLine(title, LEFT),
    `<text class="note" x="${String(LEFT)}" y="46">${shortened(about, 160)}</text>`,
    ...runs.map(({ name, run }, n) => legendLine(n, `${name}, ${run}`, parts[n] ?? null)),
    ...areas.flatMap((area, m) =>
      panel(area, x, { caption: metrics[m]!, curves: runs.map(({ curves }) => curves[m]!), parts }),
    ),
    `<text class="mark" x="${px((LEFT + RIGHT) / 2)}" y="${px(height - 14)}" text-anchor="middle">tick</text>`,
    '</svg>',
  ].join('\n')}\n`;
}

function legendLine(n: number, text: string, parts: number | null): string {
  const y = 70 + n * LINE;
  const where = n === 0 ? '' : parts === null ? '' : `, differs from tick ${String(parts)}`;
  const key = `<path class="key k${String(n)}${n === 0 ? ' first' : ''}" d="M${px(LEFT)} ${px(y - 4)}h18"/>`;
  return `${key}<text class="note" x="${px(LEFT + 24)}" y="${px(y)}">${shortened(`#${String(n + 1)} ${text}`, 110)}${where}</text>`;
}

function panel(
  area: Area,
  x: Scale,
  {
    caption,
    curves,
    parts,
  }: {
    readonly caption: string;
    readonly curves: readonly (readonly CurvePoint[])[];
    readonly parts: readonly (number | null)[];
  },
): string[] {
  const values = curves.flatMap((curve) => curve.map(([, value]) => value));
  const y = rangeScale(values, { start: area.bottom, end: area.top }, 4);
  const marks = parts.flatMap((tick, n) =>
    tick === null
      ? []
      : [`<path class="parts k${String(n)}" d="M${px(x.pixel(tick))} ${px(area.top)}V${px(area.bottom)}"/>`],
  );
  return [
    ...axes(area, { x, y }, { caption, ticks: true }),
    ...marks,
    ...curves.flatMap((curve, n) => path(curve, { x, y }, `k${String(n)}${n === 0 ? ' first' : ''}`)),
  ];
}

function path(
  curve: readonly CurvePoint[],
  { x, y }: { readonly x: Scale; readonly y: Scale },
  style: string,
): string[] {
  const points = curve.map(([tick, value]) => `${px(x.pixel(tick))} ${px(y.pixel(value))}`);
  if (points.length === 0) return [];
  const d = points.length === 1 ? `M${points[0]!}h0.1` : `M${points.join('L')}`;
  return [`<path class="curve ${style}" d="${d}"/>`];
}
