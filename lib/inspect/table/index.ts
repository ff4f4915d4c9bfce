/**
 * inspect/table/ provides tables of selected runs: columns by name, order, groups, and the bytes of every
 * format.
 *
 * Invariants: values are exact (an integer that a double cannot represent is decimal text, a mean is rounded
 * half to even); the same tree and query give the same bytes; rows are streamed, and only sort keys and
 * groups are held.
 */
export { openSeekable, openTable } from './open-table.js';
export { TableReader } from './table-reader.js';
export {
  AGGREGATIONS,
  type Aggregation,
  type SeekableTable,
  type Table,
  type TableColumn,
  type TableQuery,
} from './table.js';
export {
  formatOfFile,
  isBinary,
  MEDIA_TYPES,
  TABLE_FORMATS,
  tablePieces,
  type TableFormat,
} from './formats/table-pieces.js';
