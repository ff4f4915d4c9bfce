import { escaped } from '../../base/xml-text.js';
import type { Value } from '../columns/value.js';
import { SHADES } from '../plot/heat-map.js';
import { DRAWING_MARK } from '../plot/own-drawing.js';
import type { Area } from '../plot/panel.js';
import { axisText, px } from '../plot/scale.js';
import { shortened, titleLine } from '../plot/shortened.js';
import type { SelectedRuns } from '../selection/select-runs.js';
import { problem, selected, type Selected } from '../selection/selection.js';
import { chartData, isNumeric, labelOf, type ChartData, type ChartPoint } from './chart-data.js';
import { CHART_WORDS, type ChartKind } from './chart-kinds.js';
import { MOST_CATEGORIES, MOST_FACETS, MOST_SERIES, type ChartQuery } from './chart-query.js';
import { chartStyle } from './chart-style.js';
import { chooseChart, type ChosenChart } from './chart-columns.js';
import { heatPanel } from './heat-panel.js';
import { barMarks, boxMarks, lineMarks, scatterMarks, type SeriesPoints } from './marks.js';
import { panelFrame } from './panel-frame.js';
import { parallelPanel } from './parallel-panel.js';
import { rangeScale, valueScale } from './value-scale.js';

const WIDTH = 960;
const MARGIN = { left: 80, right: 24, between: 76 };

/**
 * Draws selected runs as SVG: without a script, readable on light and dark backgrounds, with a description
 * for screen readers. The same runs and query give the same bytes.
 */
export async function drawChart(runs: SelectedRuns, query: ChartQuery): Promise<Selected<string>> {
  const chosen = await chooseChart(runs, query);
  if (!chosen.ok) return chosen;
  const data = await chartData(runs, chosen.value);
  if (data.points.length === 0) {
    return problem('unknown', `no selected run has an integer ${chosen.value.y.name} to draw`);
  }
  const kind = chosen.value.kind ?? kindFor(data.xs);
  const refused = tooMuch(data, chosen.value, kind);
  return refused ?? selected(compose(data, chosen.value, kind, query.title));
}

function kindFor(xs: readonly Value[]): ChartKind {
  return isNumeric(xs) && xs.length > 1 ? 'line' : 'bar';
}

function tooMuch(
  data: ChartData,
  { series, facet, x }: ChosenChart,
  kind: ChartKind,
): Selected<never> | undefined {
  const limits: [string | undefined, number, number][] = [
    [facet?.name, data.facets.length, MOST_FACETS],
    [kind === 'heatmap' ? undefined : series?.name, data.series.length, MOST_SERIES],
    [kind === 'bar' || kind === 'box' ? x?.name : undefined, data.xs.length, MOST_CATEGORIES],
  ];
  for (const [name, count, most] of limits) {
    if (name === undefined || count <= most) continue;
    const message = `${name} has ${String(count)} values, and a chart distinguishes at most ${String(most)}`;
    return problem('malformed', message, 'select fewer runs, with --where for example');
  }
  return undefined;
}

interface Legend {
  readonly lines: readonly string[];
  readonly height: number;
}

function compose(data: ChartData, chosen: ChosenChart, kind: ChartKind, title: string | undefined): string {
  const name = title ?? `${chosen.y.name} by ${acrossText(chosen, kind)}`;
  const about = aboutText(data, chosen, kind);
  const isShaded = kind === 'heatmap' || kind === 'parallel';
  const range = extent(data.points);
  const legend = isShaded ? shadeLegend(chosen.y.name, range) : seriesLegend(data, chosen);
  const areas = panelAreas(data.facets.length, 84 + legend.height);
  const panels = data.facets.flatMap((facet, n) => {
    const points = data.points.filter((point) => point.facet === facet);
    const caption = chosen.facet === undefined ? '' : `${chosen.facet.name} ${labelOf(facet)}`;
    return panel(areas[n]!, points, { data, chosen, kind, caption });
  });
  const height = areas.at(-1)!.bottom + 60;
  const size = `viewBox="0 0 ${String(WIDTH)} ${px(height)}" width="${String(WIDTH)}" height="${px(height)}"`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="title about">`,
    DRAWING_MARK,
    `<title id="title">${escaped(name)}</title><desc id="about">${escaped(about)}</desc>`,
    chartStyle(),
    '<rect class="paper" width="100%" height="100%"/>',
    titleLine(name, MARGIN.left),
    `<text class="note" x="${String(MARGIN.left)}" y="46">${shortened(about, 150)}</text>`,
    ...legend.lines,
    ...panels,
    '</svg>',
  ].join('\n')}\n`;
}

function acrossText({ x, series, axes }: ChosenChart, kind: ChartKind): string {
  if (x === undefined) return axes.map(({ name }) => name).join(', ');
  return kind === 'heatmap' && series !== undefined ? `${x.name} and ${series.name}` : x.name;
}

function aboutText({ points, left }: ChartData, { y, series, facet }: ChosenChart, kind: ChartKind): string {
  const { low, high } = extent(points);
  const parts = [
    `${CHART_WORDS[kind]}. ${String(points.length)} ${points.length === 1 ? 'run' : 'runs'}`,
    // Before what a narrow drawing may cut off.
    ...(left === 0 ? [] : [`${String(left)} without a value left out`]),
    `${y.name} from ${String(low)} to ${String(high)}`,
    ...(series === undefined || kind === 'heatmap' ? [] : [`by ${series.name}`]),
    ...(facet === undefined ? [] : [`a panel for each ${facet.name}`]),
  ];
  return `${parts.join(', ')}.`;
}

function extent(points: readonly ChartPoint[]): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const { y } of points) {
    if (y < low) low = y;
    if (y > high) high = y;
  }
  return { low, high };
}

/** One panel over the full width, or two per row. */
function panelAreas(count: number, top: number): readonly Area[] {
  const columns = count === 1 ? 1 : 2;
  const height = count === 1 ? 380 : 220;
  const width = (WIDTH - MARGIN.left - MARGIN.right - (columns - 1) * MARGIN.between) / columns;
  return Array.from({ length: count }, (_, n) => {
    const left = MARGIN.left + (n % columns) * (width + MARGIN.between);
    const from = top + Math.floor(n / columns) * (height + 84);
    return { left, right: left + width, top: from, bottom: from + height };
  });
}

interface PanelParts {
  readonly data: ChartData;
  readonly chosen: ChosenChart;
  readonly kind: ChartKind;
  readonly caption: string;
}

const MARKS = { line: lineMarks, scatter: scatterMarks, bar: barMarks, box: boxMarks } as const;

function panel(
  area: Area,
  points: readonly ChartPoint[],
  { data, chosen, kind, caption }: PanelParts,
): string[] {
  const range = extent(data.points);
  const [x, y] = [chosen.x === undefined ? '' : withUnit(chosen.x.name), withUnit(chosen.y.name)];
  if (kind === 'parallel') {
    const heights = [...new Set(data.points.map((point) => point.y))].sort((a, b) => a - b);
    const axes = chosen.axes.map(({ name }, n) => ({ name, values: data.axes[n]! }));
    return parallelPanel(area, points, [...axes, { name: y, values: heights }], range);
  }
  if (kind === 'heatmap') {
    const values = { xs: data.xs, rows: data.series, range };
    return heatPanel(area, points, values, { caption, x, y: chosen.series!.name });
  }
  const isBanded = kind === 'bar' || kind === 'box';
  const scales = {
    x: valueScale(
      data.xs,
      { start: area.left + (isBanded ? 0 : 8), end: area.right - (isBanded ? 0 : 8) },
      10,
      isBanded,
    ),
    y: rangeScale(
      data.points.map((point) => point.y),
      { start: area.bottom, end: area.top },
      6,
      kind === 'bar',
    ),
  };
  const marks = data.series.flatMap((value, n) => {
    const own: SeriesPoints = {
      colour: n,
      place: n,
      of: data.series.length,
      points: points.filter((point) => point.series === value),
    };
    return MARKS[kind](own, scales);
  });
  return [...panelFrame(area, scales.x, scales.y, { caption, x, y }), ...marks];
}

const UNITS: Readonly<Record<string, string>> = {
  ticks: 'ticks',
  ticks_completed: 'ticks',
  total_ticks: 'ticks',
  settled_at: 'tick',
  duration_ms: 'ms',
};

/** A column with its unit, if known. */
function withUnit(name: string): string {
  const unit = name.startsWith('press_bits') ? 'bits' : UNITS[name];
  return unit === undefined || unit === name ? name : `${name} (${unit})`;
}

function seriesLegend({ series }: ChartData, { series: column }: ChosenChart): Legend {
  if (column === undefined) return { lines: [], height: 0 };
  const perRow = 4;
  const width = (WIDTH - MARGIN.left - MARGIN.right) / perRow;
  const lines = series.map((value, n) => {
    const [left, y] = [MARGIN.left + (n % perRow) * width, 66 + Math.floor(n / perRow) * 18];
    const key = `<path class="key k${String(n)}" d="M${px(left)} ${px(y - 4)}h18"/>`;
    return `${key}<text class="note" x="${px(left + 24)}" y="${px(y)}">${shortened(`${column.name} ${labelOf(value)}`, 30)}</text>`;
  });
  return { lines, height: Math.ceil(series.length / perRow) * 18 };
}

function shadeLegend(name: string, { low, high }: { readonly low: number; readonly high: number }): Legend {
  const bar = Array.from(
    { length: SHADES },
    (_, n) =>
      `<rect class="s${String(n)}" x="${String(MARGIN.left + n * 14)}" y="58" width="14" height="10"/>`,
  );
  const text = `${name} from ${axisText(low)} to ${axisText(high)}`;
  const at = MARGIN.left + SHADES * 14 + 10;
  return {
    lines: [...bar, `<text class="note" x="${String(at)}" y="67">${shortened(text, 80)}</text>`],
    height: 24,
  };
}
