import type { Series, StateRows } from '../../service/wire/index.js';

/** A state over ticks for drawing: one value for each cell, and the extremes of all its nodes and ticks. */
export interface StateMatrix {
  readonly columns: number;
  readonly rows: number;
  /** Number of nodes in the rows. */
  readonly nodes: number;
  /** Null before the first data. */
  readonly extremes: { readonly least: number; readonly most: number } | null;
  /**
   * The value farthest from the mean among those of a cell, so that extremes stay visible; null if there is
   * none.
   */
  readonly value: (column: number, row: number) => number | null;
}

const NOTHING: StateRows = [];

export function stateMatrix(series: Series | undefined): StateMatrix {
  const means = (series?.values ?? NOTHING) as StateRows;
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
            least: known(least).reduce((found, value) => Math.min(found, value), Infinity),
            most: known(most).reduce((found, value) => Math.max(found, value), -Infinity),
          },
    value: (column, row) => {
      const [low, high] = [least[column]?.[row] ?? null, most[column]?.[row] ?? null];
      if (low === null || high === null) return null;
      return high - middle >= middle - low ? high : low;
    },
  };
}

function known(rows: StateRows): readonly number[] {
  return rows.flatMap((column) => column.filter((value) => value !== null));
}

/** Mean over the nodes; columns are weighted equally, although the last one may have fewer ticks. */
function meanOf(means: StateRows, counts: readonly number[]): number {
  let [total, nodes] = [0, 0];
  for (const column of means) {
    column.forEach((mean, row) => {
      if (mean === null) return;
      total += mean * (counts[row] ?? 1);
      nodes += counts[row] ?? 1;
    });
  }
  return nodes === 0 ? 0 : total / nodes;
}
