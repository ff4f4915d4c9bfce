import { inLine } from '../../../base/printable.js';
import type { Value } from '../../columns/value.js';
import { batchesOf } from '../row-streams.js';
import type { Table, TableColumn } from '../table.js';

/** A Markdown table; numbers are aligned to the right. */
export async function* markdownLines(table: Table): AsyncGenerator<string, void, undefined> {
  const { columns } = table;
  yield line(columns.map(({ name }) => markdownText(name)));
  yield line(columns.map((column) => (isNumeric(column) ? '---:' : '---')));
  for await (const batch of batchesOf(table)) for (const row of batch) yield line(row.map(cell));
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function isNumeric({ type }: TableColumn): boolean {
  return type === 'integer' || type === 'decimal';
}

function cell(value: Value): string {
  return value === null ? '' : markdownText(String(value));
}

/** A text with Markdown syntax escaped. */
function markdownText(text: string): string {
  return inLine(text)
    .replace(/[\\|<`*~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|\](?=\()/g, '\\$&')
    .replace(/&(?=#|\w+;)/g, '&amp;');
}
