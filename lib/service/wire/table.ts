import { flag, integer, list, mixed, object, oneOf, text, type Infer } from '../../base/schema.js';
import { named } from './named-schema.js';

const COLUMN_TYPES = ['integer', 'decimal', 'text', 'boolean', 'any'] as const;

const VALUE = mixed(
  ['integer', 'string', 'boolean', 'null'],
  'A cell; an integer beyond 2^53-1 is decimal text, as is a mean.',
);
export type WireValue = Infer<typeof VALUE>;

const COLUMN = object('A column.', {
  name: text('Its name.'),
  type: oneOf(COLUMN_TYPES, 'Type of its values; any if it depends on the value.'),
  is_axis: flag('True if the sweep of the selected runs varies it.'),
});
export type WireTableColumn = Infer<typeof COLUMN>;

/** GET /table/page. */
export const TABLE_PAGE = named(
  'TablePage',
  object('Some rows of a table of runs.', {
    columns: list(COLUMN, 'In their order.'),
    total: integer('Rows of the whole table.', { minimum: 0 }),
    offset: integer('Rows before the first one given.', { minimum: 0 }),
    rows: list(list(VALUE, 'A value for each column.'), 'Rows in order.'),
    available: list(text('A name.'), 'Available columns; only the first if there are many.'),
    available_total: integer('Number of available columns.', { minimum: 0 }),
  }),
);
export type WireTablePage = Infer<typeof TABLE_PAGE>;
