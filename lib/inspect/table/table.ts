import type { Value, ValueType } from '../columns/value.js';

/** A column of a finished table. */
export interface TableColumn {
  readonly name: string;
  /** `any` if it depends on the value. */
  readonly type: ValueType | 'any';
}

/** A value for each column. */
export type Row = readonly Value[];

/** A table that is read row by row, any number of times; only the data for sorting and grouping is held. */
export interface Table {
  readonly columns: readonly TableColumn[];
  /** Rows in order. */
  readonly rows: () => AsyncIterable<Row>;
  /** The same rows, in batches: for tables of millions, where each step of an iterator counts. */
  readonly batches?: () => AsyncIterable<readonly Row[]>;
}

/** A part of a table. */
export interface RowRange {
  /** Rows to skip. */
  readonly offset?: number;
  /** Maximum of rows. */
  readonly limit?: number;
}

/** A table from which any rows can be read without reading those before. */
export interface SeekableTable extends Table {
  /** Number of rows; reads every run once if there are conditions. */
  readonly count: () => Promise<number>;
  /** The rows of a range, in the same order. */
  readonly range: (range: RowRange) => Table;
}

/** Query of a table of the selected runs; every field may be absent. */
export interface TableQuery extends RowRange {
  /**
   * Column names and globs over them, in order; absent: the varying columns, and every result with a single
   * value.
   */
  readonly columns?: readonly string[];
  /** Column names, with `-` for descending order. */
  readonly sort?: readonly string[];
  readonly group_by?: readonly string[];
  /** Only with `group_by`; absent: count. */
  readonly agg?: readonly Aggregation[];
}

export const AGGREGATIONS = ['count', 'mean', 'min', 'max', 'sum'] as const;
/** `mean` is rounded half to even at six places; all others are exact. */
export type Aggregation = (typeof AGGREGATIONS)[number];
