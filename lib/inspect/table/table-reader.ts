import type { Value } from '../columns/value.js';
import { selected, type Selected } from '../selection/selection.js';
import { tablePieces, type TableFormat } from './formats/table-pieces.js';
import type { Table, TableColumn } from './table.js';

/** A table for programs: it can be read several times, and gives the same rows each time. Rows are streamed. */
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
   * The bytes of a file in a format, piece by piece: those that `aether table` writes.
   *
   * @param escapesFormulas csv and tsv: put `'` before texts that a spreadsheet would calculate
   */
  bytes(format: TableFormat, escapesFormulas = false): AsyncIterable<Uint8Array> {
    return tablePieces(this.#table, format, escapesFormulas);
  }
}

/** A table that was asked for, for programs. */
export function readTable(table: Selected<Table>): Selected<TableReader> {
  return table.ok ? selected(new TableReader(table.value)) : table;
}
