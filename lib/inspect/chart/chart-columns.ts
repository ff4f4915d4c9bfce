import { axisColumn } from '../columns/column-registry.js';
import type { Column } from '../columns/column.js';
import { TICKS_COLUMN } from '../columns/run-columns.js';
import { unknownColumn } from '../selection/condition.js';
import type { SelectedRuns } from '../selection/select-runs.js';
import { problem, selected, type Selected } from '../selection/selection.js';
import { varyingAxes } from '../table/varying-axes.js';
import type { ChartColumns } from './chart-data.js';
import type { ChartKind } from './chart-kinds.js';
import type { ChartQuery } from './chart-query.js';

export interface ChosenChart extends ChartColumns {
  /** Undefined if it depends on the values of x. */
  readonly kind: ChartKind | undefined;
}

const USUAL_Y = 'press_bits';

/**
 * The columns of a drawing. By default, one varying axis is the x axis; of two, the second is the rows of a
 * heat map; of more, each is a parallel axis.
 */
export async function chooseChart(runs: SelectedRuns, query: ChartQuery): Promise<Selected<ChosenChart>> {
  const varying = await varyingAxes(runs);
  const named = { x: query.x, y: query.y ?? USUAL_Y, series: query.series, facet: query.facet };
  const columns = new Map<string, Column>();
  await runs.learn(Object.values(named).filter((name) => name !== undefined));
  for (const [role, name] of Object.entries(named)) {
    if (name === undefined) continue;
    const column = runs.columns.column(name);
    if (column === undefined) return unknownColumn(name, runs.columns);
    columns.set(role, column);
  }
  const free = varying.map((key) => (key === TICKS_COLUMN.name ? TICKS_COLUMN : axisColumn(key)));
  const kind = query.kind ?? (query.x !== undefined ? undefined : usualKind(free.length));
  if (kind === 'parallel') return parallel(columns, free);
  const left = free.filter((axis) => [...columns.values()].every(({ name }) => name !== axis.name));
  const x = columns.get('x') ?? left.shift();
  if (x === undefined) {
    return problem(
      'malformed',
      'no column varies over the selected runs for the x axis',
      'name a column with --x',
    );
  }
  const series = columns.get('series') ?? (kind === 'heatmap' ? left.shift() : undefined);
  if (kind === 'heatmap' && series === undefined) {
    return problem(
      'malformed',
      'a heat map needs two columns besides the value',
      'name them with --x and --series',
    );
  }
  return selected({ x, y: columns.get('y')!, series, facet: columns.get('facet'), axes: [], kind });
}

function usualKind(axes: number): ChartKind | undefined {
  if (axes < 2) return undefined;
  return axes === 2 ? 'heatmap' : 'parallel';
}

function parallel(columns: ReadonlyMap<string, Column>, free: readonly Column[]): Selected<ChosenChart> {
  const own = [columns.get('x'), columns.get('series')].filter((column) => column !== undefined);
  const axes = own.length > 1 ? own : free;
  if (axes.length === 0) {
    return problem(
      'malformed',
      'no column varies over the selected runs',
      'name columns with --x and --series',
    );
  }
  return selected({
    x: undefined,
    y: columns.get('y')!,
    series: undefined,
    facet: columns.get('facet'),
    axes,
    kind: 'parallel',
  });
}
