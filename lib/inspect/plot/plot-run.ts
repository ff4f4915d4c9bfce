import { escaped } from '../../base/xml-text.js';
import { DRAWING_MARK } from './own-drawing.js';
import type { RunInputs } from '../../engine/inputs.js';
import { GraphWalk } from '../../engine/umx/graph-walk.js';
import type { RunView } from '../run-view.js';
import { heatMap } from './heat-map.js';
import { keys, LINE, ramp } from './legend.js';
import { axes, curve, LEFT, RIGHT, type Area } from './panel.js';
import { isHeatMap, plotColumns } from './plot-points.js';
import { axisText, exactScale, px, roundScale, type Scale } from './scale.js';
import { titleLine } from './shortened.js';
import { styleSheet } from './style.js';
import { cellsText, curvesText } from './thinning-text.js';
import type { TickColumns } from './tick-columns.js';

const WIDTH = 960;

/**
 * Draws a run as SVG: the state of every node over ticks (as curves up to twelve nodes, as a heat map
 * beyond), the sum of absolute fluxes, and the sum of state. Depends only on the records of the run: the same
 * run gives the same bytes.
 */
export async function plotRun(run: RunView): Promise<string> {
  const inputs = await run.inputs();
  return compose(run, inputs, await plotColumns(run, inputs));
}

function compose(run: RunView, inputs: RunInputs, columns: TickColumns): string {
  const isHeat = isHeatMap(inputs);
  const { name, state, ticks_completed, ticks_total } = run.record;
  const notes = [isHeat ? cellsText(columns) : '', curvesText(columns)].filter((text) => text !== '');
  const below = 58 + notes.length * LINE;
  const legend = isHeat ? ramp(stateRange(columns), below) : keys(inputs, below);
  const top = below + legend.height + 26;
  const stateArea = { left: LEFT, right: RIGHT, top, bottom: top + 300 };
  const fluxArea = { ...stateArea, top: stateArea.bottom + 48, bottom: stateArea.bottom + 138 };
  const sumArea = { ...stateArea, top: fluxArea.bottom + 48, bottom: fluxArea.bottom + 118 };
  const height = sumArea.bottom + 48;
  const x = exactScale({ from: 0, to: ticks_completed }, { start: LEFT, end: RIGHT }, 10);
  const column = (n: number): number => x.pixel(columns.tickOf(n));
  const ended = state === 'completed' ? '' : `, ${state} after tick ${String(ticks_completed)}`;
  const about = `${inputs.topology.gid}: ${graphText(inputs)}, ${String(ticks_total)} ticks${ended}`;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${px(height)}" width="${String(WIDTH)}" height="${px(height)}" role="img" aria-labelledby="title about">`,
    DRAWING_MARK,
    `<title id="title">${escaped(name)}</title><desc id="about">${escaped(['State, flux and sum over ticks.', `${about}.`, ...notes].join(' '))}</desc>`,
    styleSheet(),
    `<rect class="paper" width="100%" height="100%"/>`,
    titleLine(name, LEFT),
    `<text class="note" x="${String(LEFT)}" y="46">${escaped(about)}</text>`,
    ...notes.map(
      (text, n) => `<text class="note" x="${String(LEFT)}" y="${String(64 + n * LINE)}">${text}</text>`,
    ),
    ...(isHeat ? heatPanel(columns, stateArea, x) : statePanel(columns, stateArea, x, column)),
    ...legend.lines,
    ...curvePanel(columns, columns.rows, {
      area: fluxArea,
      x,
      column,
      caption: 'Sum of |flux| per tick',
      style: 'k1',
    }),
    ...curvePanel(columns, columns.rows + 1, {
      area: sumArea,
      x,
      column,
      caption: 'Sum of state',
      style: 'k2',
    }),
    `<text class="mark" x="${px((LEFT + RIGHT) / 2)}" y="${px(sumArea.bottom + 34)}" text-anchor="middle">tick</text>`,
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

/** Numbers of nodes and edges, each as a range if events change the graph. */
function graphText({ topology, slp = [] }: RunInputs): string {
  const walk = new GraphWalk(topology, slp);
  const nodes = new Set([topology.N]);
  const edges = new Set([topology.edges.length]);
  while (walk.nextTick < Infinity) {
    walk.advance(walk.nextTick);
    nodes.add(walk.topology.N);
    edges.add(walk.topology.edges.length);
  }
  const span = (counts: ReadonlySet<number>): string => {
    const sorted = [...counts].sort((a, b) => a - b);
    return sorted.length === 1 ? String(sorted[0]) : `${String(sorted[0])} to ${String(sorted.at(-1))}`;
  };
  return `${span(nodes)} nodes, ${span(edges)} edges`;
}

function statePanel(columns: TickColumns, area: Area, x: Scale, column: (n: number) => number): string[] {
  const rows = Array.from({ length: columns.rows }, (_, row) => columns.curve(row));
  const y = roundScale(rangeOf(rows.flat()), { start: area.bottom, end: area.top }, 6);
  return [
    ...axes(area, { x, y }, { caption: 'State u per node', ticks: true }),
    ...rows.map((extents, row) => curve(extents, { x: column, y }, `k${String(row)}`)),
  ];
}

function heatPanel(columns: TickColumns, area: Area, x: Scale): string[] {
  const range = stateRange(columns);
  const y = exactScale({ from: 0, to: columns.rows }, { start: area.top, end: area.bottom }, 8);
  const height = (area.bottom - area.top) / columns.rows;
  const step = Math.ceil(columns.rows / 12);
  const rows: [number, string][] = [];
  for (let row = 0; row < columns.rows; row += step) {
    const { first, last } = columns.nodesOf(row);
    const text = first === last ? String(first) : `${axisText(first)}-${axisText(last)}`;
    rows.push([area.top + (row + 0.5) * height, text]);
  }
  const caption = `State u per node, shaded from ${axisText(range.from)} to ${axisText(range.to)}`;
  return [
    ...heatMap(columns, area, { low: range.from, high: range.to }),
    ...axes(area, { x, y }, { caption, ticks: true, rows }),
  ];
}

function curvePanel(
  columns: TickColumns,
  row: number,
  at: {
    readonly area: Area;
    readonly x: Scale;
    readonly column: (n: number) => number;
    readonly caption: string;
    readonly style: string;
  },
): string[] {
  const extents = columns.curve(row);
  const { from, to } = rangeOf(extents);
  const y = roundScale(
    { from: Math.min(from, 0), to: Math.max(to, 0) },
    { start: at.area.bottom, end: at.area.top },
    3,
  );
  return [
    ...axes(at.area, { x: at.x, y }, { caption: at.caption, ticks: true }),
    curve(extents, { x: at.column, y }, at.style),
  ];
}

/** The minimum and maximum state over all nodes and ticks. */
function stateRange(columns: TickColumns): ReturnType<typeof rangeOf> {
  return rangeOf(Array.from({ length: columns.rows }, (_, row) => columns.curve(row)).flat());
}

function rangeOf(extents: readonly ({ low: number; high: number } | undefined)[]): {
  from: number;
  to: number;
} {
  let from = Infinity;
  let to = -Infinity;
  for (const extent of extents) {
    if (extent === undefined) continue;
    from = Math.min(from, extent.low);
    to = Math.max(to, extent.high);
  }
  return from === Infinity ? { from: 0, to: 0 } : { from, to };
}
