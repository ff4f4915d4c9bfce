import type { Value, ValueType } from '../columns/value.js';

/** A column of a finished table. */
export interface TableColumn {
  readonly name: string;
  /** `any` where the values decide. */
  readonly type: ValueType | 'any';
}

/** A value for each column. */
export type Row = readonly Value[];

/** A table that is read row by row, as often as needed; only what sorting and grouping need is held. */
export interface Table {
  readonly columns: readonly TableColumn[];
  /** Rows in order. */
  readonly rows: () => AsyncIterable<Row>;
  /** The same rows, many at a time: for tables of millions, where each step of an iterator counts. */
  readonly batches?: () => AsyncIterable<readonly Row[]>;
}

/** A part of a table. */
export interface RowRange {
  /** Rows that are passed over. */
  readonly offset?: number;
  /** Rows at most. */
  readonly limit?: number;
}

/** A table that gives any of its rows without reading those before. */
export interface SeekableTable extends Table {
  /** Number of rows; one look at every run where there are conditions. */
  readonly count: () => Promise<number>;
  /** The rows of a range, in the same order. */
  readonly range: (range: RowRange) => Table;
}

/** What a table shows of the selected runs; every field may be absent. */
export interface TableQuery extends RowRange {
  /** Column names and globs over them, in order; absent: what varies, and every result that is one value. */
  readonly columns?: readonly string[];
  /** Column names, `-` before one that falls. */
  readonly sort?: readonly string[];
  readonly group_by?: readonly string[];
  /** Only with `group_by`; absent: count. */
  readonly agg?: readonly Aggregation[];
}

export const AGGREGATIONS = ['count', 'mean', 'min', 'max', 'sum'] as const;
/** `mean` is rounded half to even at six places; all others are exact. */
export type Aggregation = (typeof AGGREGATIONS)[number];
