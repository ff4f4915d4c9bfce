import type { Series } from '../../service/wire/index.js';

/** A state over ticks as it is drawn: one value for each cell, and the extremes of all nodes and ticks it stands for. */
export interface StateMatrix {
  readonly columns: number;
  readonly rows: number;
  /** Nodes that the rows stand for. */
  readonly nodes: number;
  /** Null before anything is known. */
  readonly extremes: { readonly least: number; readonly most: number } | null;
  /** The value farthest from the mean among those a cell stands for, so that no extreme vanishes in it. */
  readonly value: (column: number, row: number) => number;
}

type Rows = readonly (readonly number[])[];

const NOTHING: Rows = [];

export function stateMatrix(series: Series | undefined): StateMatrix {
  const means = (series?.values ?? NOTHING) as Rows;
  const least = series?.least ?? means;
  const most = series?.most ?? means;
  const counts = series?.node_counts ?? [];
  const middle = meanOf(means, counts);
  return {
    columns: means.length,
    rows: counts.length,
    nodes: counts.reduce((sum, count) => sum + count, 0),
    extremes:
      means.length === 0 || counts.length === 0
        ? null
        : {
            least: least.reduce((found, column) => Math.min(found, ...column), Infinity),
            most: most.reduce((found, column) => Math.max(found, ...column), -Infinity),
          },
    value: (column, row) => {
      const [low, high] = [least[column]?.[row] ?? middle, most[column]?.[row] ?? middle];
      return high - middle >= middle - low ? high : low;
    },
  };
}

/** Mean over the nodes; columns count alike, although the last one may stand for fewer ticks. */
function meanOf(means: Rows, counts: readonly number[]): number {
  const nodes = counts.reduce((sum, count) => sum + count, 0);
  if (nodes === 0 || means.length === 0) return 0;
  const total = means.reduce(
    (sum, column) => sum + column.reduce((inner, mean, row) => inner + mean * (counts[row] ?? 1), 0),
    0,
  );
  return total / (nodes * means.length);
}
