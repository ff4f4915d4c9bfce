import { flag, integer, list, object, oneOf, text, type WireSchema } from './schema.js';

const COLUMN_TYPES = ['integer', 'decimal', 'text', 'boolean', 'any'] as const;

/** An integer that a double cannot hold is decimal text, as are decimals. */
export type WireValue = number | string | boolean | null;

export interface WireTableColumn {
  readonly name: string;
  readonly type: (typeof COLUMN_TYPES)[number];
  /** The selected runs differ in it by their sweep. */
  readonly is_axis: boolean;
}

/** GET /table/page. */
export interface WireTablePage {
  readonly columns: readonly WireTableColumn[];
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly (readonly WireValue[])[];
  readonly available: readonly string[];
  readonly available_total: number;
}

const VALUE: WireSchema = {
  type: ['integer', 'string', 'boolean', 'null'],
  description: 'A cell; an integer beyond 2^53-1 is decimal text, as is a mean.',
};

const COLUMN = object('A column.', {
  name: text('Its name.'),
  type: oneOf(COLUMN_TYPES, 'Type of its values; any where the values decide.'),
  is_axis: flag('The selected runs differ in it by their sweep.'),
});

export const TABLE_PAGE: WireSchema = object('Some rows of a table of runs.', {
  columns: list(COLUMN, 'In their order.'),
  total: integer('Rows of the whole table.', { minimum: 0 }),
  offset: integer('Rows before the first one given.', { minimum: 0 }),
  rows: list(list(VALUE, 'A value for each column.'), 'Rows in order.'),
  available: list(text('A name.'), 'Columns that can be chosen; the first of them where there are many.'),
  available_total: integer('Number of columns that can be chosen.', { minimum: 0 }),
});
