import type { Value } from '../columns/value.js';
import { selected, type Selected } from '../selection/selection.js';
import { tablePieces, type TableFormat } from './formats/table-pieces.js';
import type { Table, TableColumn } from './table.js';

/** A table for programs: it can be read several times, with the same rows each time. Rows are streamed. */
export class TableReader {
  readonly columns: readonly TableColumn[];
  readonly #table: Table;

  constructor(table: Table) {
    this.columns = table.columns;
    this.#table = table;
  }

  /** Rows in order, a value for each column. */
  rows(): AsyncIterable<readonly Value[]> {
    return this.#table.rows();
  }

  /** Rows in order as objects, by column name. */
  async *objects(): AsyncGenerator<Readonly<Record<string, Value>>, void, undefined> {
    const names = this.columns.map(({ name }) => name);
    for await (const row of this.rows()) {
      yield Object.fromEntries(names.map((name, n) => [name, row[n]!] as const));
    }
  }

  /**
   * The bytes of a file in a format, piece by piece: the same as from `aether table`.
   *
   * @param escapesFormulas csv and tsv: prefix texts that a spreadsheet would evaluate with `'`
   */
  bytes(format: TableFormat, escapesFormulas = false): AsyncIterable<Uint8Array> {
    return tablePieces(this.#table, format, escapesFormulas);
  }
}

/** The result of a table query, for programs. */
export function readTable(table: Selected<Table>): Selected<TableReader> {
  return table.ok ? selected(new TableReader(table.value)) : table;
}
