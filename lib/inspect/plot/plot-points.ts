import type { RunId } from '../../base/run-id.js';
import type { RunInputs } from '../../engine/inputs.js';
import { largestGraph } from '../../engine/umx/graph-walk.js';
import type { RunView } from '../run-view.js';
import { LEFT, RIGHT } from './panel.js';
import { MAX_CURVES } from './style.js';
import { TickColumns } from './tick-columns.js';

/** Minimum width of a cell of the heat map in pixels. */
const CELL = 3;

/** Minimum and maximum per column; null if the run recorded nothing. */
interface PlotCurve {
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** The data of a drawing. */
export interface PlotPoints {
  readonly run: RunId;
  readonly name: string;
  readonly ticks: number;
  /**
   * The first tick of every column; a column ends where the next starts. Tick 0 is the state before tick 1.
   */
  readonly columns: readonly number[];
  /** State per node; in a large graph, adjacent nodes share a row. Node numbers from 1, inclusive. */
  readonly state: readonly (PlotCurve & { readonly first_node: number; readonly last_node: number })[];
  /** Sum of |flux| per tick. */
  readonly flux: PlotCurve;
  /** Sum of state. */
  readonly sum: PlotCurve;
}

/** True if a run is drawn as a heat map instead of curves. */
export function isHeatMap(inputs: RunInputs): boolean {
  return largestGraph(inputs).nodes > MAX_CURVES;
}

/** Reads every tick ledger of a run into the columns of its drawing. */
export async function plotColumns(run: RunView, inputs: RunInputs): Promise<TickColumns> {
  const pixels = Math.floor((RIGHT - LEFT) / (isHeatMap(inputs) ? CELL : 1));
  const columns = new TickColumns(largestGraph(inputs).nodes, run.record.ticks_completed, pixels);
  for await (const ledger of run.records('umx_ledger', 1)) columns.add(ledger);
  return columns;
}

/** The points in the drawing of `plotRun`. */
export async function plotPoints(run: RunView): Promise<PlotPoints> {
  const columns = await plotColumns(run, await run.inputs());
  const { id, name, ticks_completed } = run.record;
  return {
    run: id,
    name,
    ticks: ticks_completed,
    columns: Array.from({ length: columns.columns }, (_, n) => columns.tickOf(n)),
    state: Array.from({ length: columns.rows }, (_, row) => {
      const { first, last } = columns.nodesOf(row);
      return { first_node: first, last_node: last, ...curveOf(columns, row) };
    }),
    flux: curveOf(columns, columns.rows),
    sum: curveOf(columns, columns.rows + 1),
  };
}

function curveOf(columns: TickColumns, row: number): PlotCurve {
  const extents = columns.curve(row);
  return {
    low: extents.map((extent) => extent?.low ?? null),
    high: extents.map((extent) => extent?.high ?? null),
  };
}
