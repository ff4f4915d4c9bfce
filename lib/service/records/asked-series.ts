import type { SeriesQuery, SeriesRun } from '../../inspect/series/index.js';
import type { TableFormat } from '../../inspect/table/index.js';

/** The requested series and their format. Plain data. */
export interface AskedSeries {
  readonly query: SeriesQuery;
  readonly format: TableFormat;
  readonly escape_formulas: boolean | undefined;
}

/** Known runs as a stream. */
export function asked(runs: readonly SeriesRun[]): AsyncIterable<SeriesRun> {
  return {
    async *[Symbol.asyncIterator]() {
      yield* runs;
    },
  };
}
